import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { ReadModelUnavailable } from '@deskside/projections';
import type { ReadModels } from '@deskside/projections';
import type { Claims } from '../claims/claims';
import type { Sessions } from '../support-session/sessions';
import { DeadlineRunner } from './deadline-runner';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it('looks at a due list again that could not be read, and works it off', async () => {
  let refusals = 2;
  const failures: unknown[] = [];
  const handle = jest.fn<Sessions['handle']>();
  const deadlines = {
    due: () => {
      if (refusals-- > 0) throw new ReadModelUnavailable('deadlines', 'for a test');
      return [{ kind: 'sessionNumber', stream: 'supportSession-1', dueAt: '2026-01-01T00:00:00.000Z' }];
    },
    nextDueAt: () => null,
  };
  const runner = new DeadlineRunner({
    readModels: { deadlines, onChange: () => () => undefined } as unknown as ReadModels,
    sessions: { handle } as unknown as Sessions,
    claims: {} as Claims,
    clock: { now: () => new Date('2026-01-02T00:00:00.000Z') },
    bootId: 'boot',
    onFailure: (error) => failures.push(error),
  });
  runner.start();
  await jest.advanceTimersByTimeAsync(10_000);
  expect(failures).toHaveLength(2);
  expect(handle).toHaveBeenCalledTimes(1);
  await runner.close();
  expect(jest.getTimerCount()).toBe(0);
});
