import { TestBed } from '@angular/core/testing';
import { Requests, provideLocalization } from '@deskside/ui';
import type { Answer } from '@deskside/ui';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { SignedInPerson } from './signed-in-person';

const me = { id: 'me', locale: null, permissions: [] };
const notNow: Answer<unknown> = { ok: false, failure: { kind: 'refused', code: 'TOO_MANY_REQUESTS', details: {} } };
const ask = jest.fn<() => Promise<Answer<unknown>>>();
const send = jest.fn<() => Promise<Answer<unknown>>>();
let person: SignedInPerson;

beforeEach(() => {
  jest.useFakeTimers();
  for (const mock of [ask, send]) mock.mockReset();
  ask.mockResolvedValue({ ok: true, data: { me } });
  TestBed.configureTestingModule({
    providers: [provideLocalization(), { provide: Requests, useValue: { ask, send } }],
  });
  person = TestBed.inject(SignedInPerson);
});
afterEach(() => void jest.useRealTimers());

describe('whoever is signed in', () => {
  test('stays so when the server cannot say it at the moment', async () => {
    ask.mockResolvedValueOnce(notNow);
    const known = person.whenKnown();
    await jest.advanceTimersByTimeAsync(20_000);
    await known;
    expect(person.me()).toBe(me);
  });

  test('is signed out only when the server has done it', async () => {
    await person.whenKnown();
    send.mockResolvedValueOnce(notNow).mockResolvedValueOnce({ ok: true, data: { signOut: true } });
    expect(await person.signOut()).toBe(notNow);
    expect(person.me()).toBe(me);
    await person.signOut();
    expect(person.me()).toBeNull();
  });
});
