import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { describe, expect, test } from '@jest/globals';
import { refusalCodes } from '@deskside/domain';
import { failureOf, isRefused, passesByItself, secondsAskedFor } from './failure';
import { ConnectionRefused, Unreachable } from './unreachable';

const graphQL = (code: unknown, details?: unknown): CombinedGraphQLErrors =>
  new CombinedGraphQLErrors({ errors: [{ message: 'Refused', extensions: { code, details } }] });
const status = (code: number, retryAfter: string | null = null): ServerError => {
  // jsdom has no Response of its own.
  const response = { status: code, headers: { get: () => retryAfter } } as unknown as Response;
  return new ServerError('', { response, bodyText: '' });
};

describe('why something did not come about', () => {
  test.each(refusalCodes)('%s is known', (code) => {
    expect(failureOf(graphQL(code, { limit: 5 }))).toEqual({ kind: 'refused', code, details: { limit: 5 } });
    expect(isRefused(graphQL(code), code)).toBe(true);
  });

  test.each([
    ['a code that nobody knows', graphQL('INTERNAL'), 'broken'],
    ['no code', graphQL(undefined), 'broken'],
    ['no network', new Unreachable(new TypeError('Failed to fetch')), 'unreachable'],
    ['a gateway without its server', status(502), 'unreachable'],
    ['an answer that should not exist', status(404), 'broken'],
    ['a fault of ours', new TypeError('x is not a function'), 'broken'],
  ])('%s', (_, error, kind) => expect(failureOf(error).kind).toBe(kind));

  test.each([
    [new ConnectionRefused('NOT_SIGNED_IN'), 'NOT_SIGNED_IN'],
    [new ConnectionRefused('TOO_MANY_OPEN'), 'TOO_MANY_OPEN'],
    [status(401), 'NOT_SIGNED_IN'],
    [status(429), 'TOO_MANY_REQUESTS'],
  ])('%s', (error, code) => expect(failureOf(error)).toMatchObject({ kind: 'refused', code }));

  test.each([
    ['7', 7],
    [null, 10],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 10],
  ])('too many requests, with Retry-After %s', (retryAfter, seconds) => {
    const tooMany = { kind: 'refused', code: 'TOO_MANY_REQUESTS', details: { seconds } };
    expect(failureOf(status(429, retryAfter))).toEqual(tooMany);
  });

  test.each([
    [graphQL('TOO_MANY_REQUESTS', { seconds: 3 }), 3],
    [graphQL('TOO_MANY_REQUESTS'), 10],
    [graphQL('TOO_MANY_TRIES', { minutes: 15 }), 0],
    [new Unreachable(null), 0],
  ])('%s asks for a wait of %d seconds', (error, seconds) => expect(secondsAskedFor(failureOf(error))).toBe(seconds));

  test.each([
    ['TOO_MANY_REQUESTS', true],
    ['LOG_UNAVAILABLE', true],
    ['NOT_YET', true],
    // A quarter of an hour, and only for secrets that were typed: nothing that a page asks again by itself.
    ['TOO_MANY_TRIES', false],
    ['SESSION_ENDED', false],
  ])('%s passes by itself: %s', (code, passes) => expect(passesByItself(failureOf(graphQL(code)))).toBe(passes));
});
