import { TestBed } from '@angular/core/testing';
import { Requests } from '@deskside/ui';
import type { Answer } from '@deskside/ui';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Admission } from './admission';

const place = { bearer: 'b', sessionId: 's', participantId: 'ana', number: '482913057' };
const returned: Answer<unknown> = { ok: true, data: { returnToSession: place } };
const nowhere: Answer<unknown> = { ok: true, data: { returnToSession: null } };
const refused = (code: 'TOO_MANY_REQUESTS' | 'LOG_UNAVAILABLE' | 'NOT_YET'): Answer<unknown> => ({
  ok: false,
  failure: { kind: 'refused', code, details: { seconds: 30 } },
});
const send = jest.fn<() => Promise<Answer<unknown>>>();
let admission: Admission;

beforeEach(() => {
  jest.useFakeTimers();
  localStorage.clear();
  send.mockReset();
  TestBed.configureTestingModule({ providers: [{ provide: Requests, useValue: { send } }] });
  admission = TestBed.inject(Admission);
});
afterEach(() => void jest.useRealTimers());

describe('a browser that was in a session', () => {
  test.each(['TOO_MANY_REQUESTS', 'LOG_UNAVAILABLE', 'NOT_YET'] as const)(
    'keeps its place where %s refuses it only for the moment',
    async (code) => {
      send.mockResolvedValueOnce(refused(code)).mockResolvedValueOnce(returned);
      void admission.comeBack(null);
      await jest.advanceTimersByTimeAsync(0);
      expect(admission.state()).toEqual({ status: 'returning' });
      await jest.advanceTimersByTimeAsync(31_000);
      expect(admission.state()).toMatchObject({ status: 'admitted', participantId: 'ana' });
      send.mockResolvedValueOnce(refused(code)).mockResolvedValueOnce(returned);
      const renewed = admission.renew();
      await jest.advanceTimersByTimeAsync(31_000);
      expect(await renewed).toBe(true);
    },
  );

  test('is outside when there is no place to come back to', async () => {
    send.mockResolvedValue(nowhere);
    await admission.comeBack(null);
    expect(admission.state()).toEqual({ status: 'outside' });
  });
});
