import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { graceAfterBootSeconds } from '@deskside/domain';
import { ReadModelUnavailable } from '@deskside/projections';
import type { ReadModels } from '@deskside/projections';
import type { EventHub } from '../live-feed/event-hub';
import type { Sessions } from '../support-session/sessions';
import { Presence } from './presence';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it('expects people back as soon as the sessions can be asked, and does not keep the server from starting', async () => {
  let refusals = 2;
  const handle = jest.fn<Sessions['handle']>().mockResolvedValue({ ok: true } as never);
  const presence = new Presence({
    sessions: { handle } as unknown as Sessions,
    hub: { onType: () => () => undefined } as unknown as EventHub,
    bootId: 'boot',
    onFailure: () => undefined,
  });
  const openSessionsWithPeoplePresent = (): readonly object[] => {
    if (refusals-- > 0) throw new ReadModelUnavailable('sessions', 'for a test');
    return [{ sessionId: 's', participantIds: ['p'] }];
  };
  presence.expectBack({ sessions: { openSessionsWithPeoplePresent } } as unknown as ReadModels);
  expect(handle).not.toHaveBeenCalled();
  await jest.advanceTimersByTimeAsync((graceAfterBootSeconds + 10) * 1000);
  expect(handle.mock.calls.map(([, { type }]) => type)).toEqual(['NoteDisconnected']);
  presence.close();
  expect(jest.getTimerCount()).toBe(0);
});
