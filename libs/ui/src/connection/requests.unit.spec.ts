import { ErrorHandler } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { TypedDocumentNode } from '@apollo/client';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Apollo } from 'apollo-angular';
import { of, throwError } from 'rxjs';
import { Unreachable } from '../refusals/unreachable';
import { commandId } from './command-id';
import { Requests } from './requests';
import { ServerConnection } from './server-connection';

type Sent = { variables: { commandId: string } };
const mutate = jest.fn<(options: Sent) => unknown>();
const handleError = jest.fn();
const document = {} as TypedDocumentNode<{ done: boolean }, { commandId: string }>;
const unreachable = throwError(() => new Unreachable('no network'));
const refusal = throwError(
  () =>
    new CombinedGraphQLErrors({
      errors: [{ message: '', extensions: { code: 'CHAT_TOO_LONG', details: { limit: 4000, secret: {} } } }],
    }),
);
let requests: Requests;

beforeEach(() => {
  jest.useFakeTimers();
  mutate.mockReset();
  handleError.mockReset();
  TestBed.configureTestingModule({
    providers: [
      { provide: Apollo, useValue: { mutate } },
      { provide: ErrorHandler, useValue: { handleError } },
    ],
  });
  requests = TestBed.inject(Requests);
});
afterEach(() => void jest.useRealTimers());

describe('a command', () => {
  test('is sent under the same id until it is answered', async () => {
    mutate
      .mockReturnValueOnce(unreachable)
      .mockReturnValueOnce(unreachable)
      .mockReturnValue(of({ data: { done: true } }));
    const variables = { commandId: commandId() };
    const answer = requests.send(document, variables);
    await jest.advanceTimersByTimeAsync(30_000);
    expect(await answer).toEqual({ ok: true, data: { done: true } });
    expect(mutate.mock.calls.map(([options]) => options.variables.commandId)).toEqual(
      Array(3).fill(variables.commandId),
    );
    expect(TestBed.inject(ServerConnection).state().status).toBe('online');
  });

  test('that is refused says why, with its figures, and is not sent again', async () => {
    mutate.mockReturnValue(refusal);
    const answer = await requests.send(document, { commandId: commandId() });
    expect(answer).toEqual({
      ok: false,
      failure: { kind: 'refused', code: 'CHAT_TOO_LONG', details: { limit: 4000 } },
    });
    expect(mutate).toHaveBeenCalledTimes(1);
  });

  test('that came a little too fast waits as long as the server says, and is sent again', async () => {
    const tooFast = (seconds: number): unknown =>
      throwError(
        () =>
          new CombinedGraphQLErrors({
            errors: [{ message: '', extensions: { code: 'TOO_MANY_REQUESTS', details: { seconds } } }],
          }),
      );
    mutate.mockReturnValueOnce(tooFast(2)).mockReturnValue(of({ data: { done: true } }));
    const answer = requests.send(document, { commandId: commandId() });
    await jest.advanceTimersByTimeAsync(1_900);
    expect(mutate).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(200);
    expect(await answer).toEqual({ ok: true, data: { done: true } });
    mutate.mockReturnValue(tooFast(60));
    expect(await requests.send(document, { commandId: commandId() })).toMatchObject({
      ok: false,
      failure: { code: 'TOO_MANY_REQUESTS', details: { seconds: 60 } },
    });
  });

  test('ends its waiting when the person gives up', async () => {
    mutate.mockReturnValue(unreachable);
    const giveUp = new AbortController();
    const answer = requests.send(document, { commandId: commandId() }, giveUp.signal);
    giveUp.abort();
    await Promise.all([
      expect(answer).rejects.toMatchObject({ name: 'AbortError' }),
      jest.advanceTimersByTimeAsync(20_000),
    ]);
    expect(mutate).toHaveBeenCalledTimes(1);
  });

  test('that meets a fault of ours is reported, not repeated for ever', async () => {
    mutate.mockReturnValue(throwError(() => new TypeError('x is not a function')));
    expect(await requests.send(document, { commandId: commandId() })).toEqual({
      ok: false,
      failure: { kind: 'broken' },
    });
    expect(handleError).toHaveBeenCalledTimes(1);
  });
});

test('a hint is sent once and its failure is nobody’s business', async () => {
  mutate.mockReturnValue(unreachable);
  requests.hint(document, { commandId: commandId() });
  await jest.advanceTimersByTimeAsync(20_000);
  expect(mutate).toHaveBeenCalledTimes(1);
  expect(handleError).not.toHaveBeenCalled();
});

test('a word in parting outlives the page and is sent once', async () => {
  mutate.mockReturnValue(unreachable);
  requests.sendInParting(document, { commandId: commandId() });
  await jest.advanceTimersByTimeAsync(20_000);
  expect(mutate.mock.calls).toMatchObject([[{ context: { fetchOptions: { keepalive: true } } }]]);
});

test('every command has a name of its own', () => {
  const ids = new Set(Array.from({ length: 100 }, commandId));
  expect(ids.size).toBe(100);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});
