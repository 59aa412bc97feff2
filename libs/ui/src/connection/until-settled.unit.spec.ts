import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { RefusalCode } from '@deskside/domain';
import type { Answer } from './requests';
import { untilSettled } from './until-settled';

const done = { ok: true, data: 'done' } as const;
const refused = (code: RefusalCode, details = {}): Answer<string> => ({
  ok: false,
  failure: { kind: 'refused', code, details },
});
const ask = jest.fn<() => Promise<Answer<string>>>();
let isWanted: boolean;
const settled = (): Promise<Answer<string>> => untilSettled(ask, { isWanted: () => isWanted });

beforeEach(() => {
  jest.useFakeTimers();
  ask.mockReset();
  isWanted = true;
});
afterEach(() => void jest.useRealTimers());

describe('what nobody would press again', () => {
  test.each(['LOG_UNAVAILABLE', 'LOG_DISK_FULL', 'NOT_YET', 'REVISION_CONFLICT'] as const)(
    'is asked again after %s, until it is done',
    async (code) => {
      ask.mockResolvedValueOnce(refused(code)).mockResolvedValueOnce(refused(code)).mockResolvedValue(done);
      const answer = settled();
      await jest.advanceTimersByTimeAsync(60_000);
      expect(await answer).toEqual(done);
      expect(ask).toHaveBeenCalledTimes(3);
    },
  );

  test('waits as long as the server says', async () => {
    ask.mockResolvedValueOnce(refused('TOO_MANY_REQUESTS', { seconds: 40 })).mockResolvedValue(done);
    const answer = settled();
    await jest.advanceTimersByTimeAsync(39_900);
    expect(ask).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(200);
    expect(await answer).toEqual(done);
  });

  test.each(['SESSION_ENDED', 'TOO_MANY_TRIES'] as const)('is over with %s', async (code) => {
    ask.mockResolvedValue(refused(code));
    expect(await settled()).toEqual(refused(code));
    expect(ask).toHaveBeenCalledTimes(1);
  });

  test('is not asked again when it is no longer wanted', async () => {
    ask.mockResolvedValue(refused('LOG_UNAVAILABLE'));
    const answer = settled();
    await jest.advanceTimersByTimeAsync(0);
    isWanted = false;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(await answer).toEqual(refused('LOG_UNAVAILABLE'));
    expect(ask).toHaveBeenCalledTimes(1);
  });
});
