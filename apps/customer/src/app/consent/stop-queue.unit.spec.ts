import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { KeptJson } from '@deskside/ui';
import { StopQueue, isQueuedStops } from './stop-queue';
import type { QueuedStop, StopPort } from './stop-queue';

type Stored = readonly QueuedStop[] | null;

let stored: Stored;
const kept: KeptJson<readonly QueuedStop[]> = { read: () => stored, write: (value) => void (stored = value) };
const revoke = jest.fn<StopPort['revoke']>();
const isStopped = jest.fn<StopPort['isStopped']>();
const pause = jest.fn<StopPort['pause']>();
let ids: number;
const port: StopPort = { revoke, isStopped, pause, newCommandId: () => `command-${++ids}` };
const said = (stoppedAtServer: boolean): Awaited<ReturnType<StopPort['revoke']>> => ({
  ok: true,
  data: { stoppedAtServer },
});
const yes = { ok: true, data: true } as const;
const no = { ok: true, data: false } as const;
const refused = (code: 'GRANT_NOT_FOUND' | 'SESSION_ENDED') =>
  ({ ok: false, failure: { kind: 'refused', code } }) as const;
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  stored = null;
  ids = 0;
  for (const mock of [revoke, isStopped, pause]) mock.mockReset();
  pause.mockResolvedValue();
});

describe('a Stop', () => {
  test('is over when the answer says that the media server has stopped', async () => {
    revoke.mockResolvedValue(said(true));
    const queue = new StopQueue(kept, port);
    queue.stop('g');
    expect(queue.states().get('g')).toBe('sending');
    await settled();
    expect(queue.states().get('g')).toBe('stopped');
    expect([stored, isStopped.mock.calls.length]).toEqual([null, 0]);
  });

  test('is confirmed by asking until the media server has stopped, and not before', async () => {
    revoke.mockResolvedValue(said(false));
    isStopped.mockResolvedValueOnce(no).mockResolvedValueOnce(no).mockResolvedValue(yes);
    const seen: (string | undefined)[] = [];
    const queue = new StopQueue(kept, port);
    pause.mockImplementation(async () => void seen.push(queue.states().get('g')));
    queue.stop('g');
    await settled();
    expect(seen).toEqual(['confirming', 'confirming']);
    expect(queue.states().get('g')).toBe('stopped');
  });

  test('pressed twice is sent once', async () => {
    revoke.mockResolvedValue(said(true));
    const queue = new StopQueue(kept, port);
    queue.stop('g');
    queue.stop('g');
    await settled();
    queue.stop('g');
    expect(revoke.mock.calls).toEqual([[{ grantId: 'g', commandId: 'command-1' }]]);
  });

  test('pressed while the server is away is kept by the browser, and a reload sends the same command', async () => {
    revoke.mockReturnValueOnce(new Promise(() => undefined)).mockResolvedValue(said(true));
    new StopQueue(kept, port).stop('g');
    expect(stored).toEqual([{ grantId: 'g', commandId: 'command-1' }]);
    const after = new StopQueue(kept, port);
    await settled();
    expect(revoke.mock.calls[1]).toEqual([{ grantId: 'g', commandId: 'command-1' }]);
    expect([after.states().get('g'), stored]).toEqual(['stopped', null]);
  });

  test('that is refused because the grant was over is read back all the same', async () => {
    revoke.mockResolvedValue(refused('GRANT_NOT_FOUND'));
    isStopped.mockResolvedValue(yes);
    const queue = new StopQueue(kept, port);
    queue.stop('g');
    await settled();
    expect(queue.states().get('g')).toBe('stopped');
  });

  test.each(['TOO_MANY_REQUESTS', 'LOG_UNAVAILABLE', 'NOT_YET'] as const)(
    'that is refused by %s is kept and sent again under the same id',
    async (code) => {
      const failure = { kind: 'refused', code, details: { seconds: 30 } } as const;
      revoke.mockResolvedValueOnce({ ok: false, failure }).mockResolvedValue(said(false));
      isStopped.mockResolvedValueOnce({ ok: false, failure }).mockResolvedValue(yes);
      const kepts: Stored[] = [];
      pause.mockImplementation(async () => void kepts.push(stored));
      const queue = new StopQueue(kept, port);
      queue.stop('g');
      await settled();
      expect(kepts).toEqual([[{ grantId: 'g', commandId: 'command-1' }], null]);
      expect(pause.mock.calls[0]).toEqual([0, code === 'TOO_MANY_REQUESTS' ? 30 : 0]);
      expect(revoke.mock.calls[1]).toEqual(revoke.mock.calls[0]);
      expect([queue.states().get('g'), stored]).toEqual(['stopped', null]);
    },
  );

  test('is never called stopped when nobody can say so any more', async () => {
    revoke.mockResolvedValue(said(false));
    isStopped.mockResolvedValue(refused('SESSION_ENDED'));
    const queue = new StopQueue(kept, port);
    queue.stop('g');
    await settled();
    expect(queue.states().get('g')).toBe('confirming');
  });
});

test('a grant that ended in another way is only read back', async () => {
  isStopped.mockResolvedValue(yes);
  const queue = new StopQueue(kept, port);
  queue.confirm('g');
  await settled();
  expect([queue.states().get('g'), revoke.mock.calls.length]).toEqual(['stopped', 0]);
});

test.each([
  [[], true],
  [[{ grantId: 'g', commandId: 'c' }], true],
  [[{ grantId: 'g' }], false],
  [[null], false],
  ['text', false],
])('of what the browser kept %j counts: %s', (value, counts) => expect(isQueuedStops(value)).toBe(counts));
