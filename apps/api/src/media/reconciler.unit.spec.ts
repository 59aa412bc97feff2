import { afterEach, describe, expect, it } from '@jest/globals';
import type { KnownSession } from '@deskside/domain';
import type { MediaServer } from '@deskside/media/server';
import type { EventHub } from '../live-feed/event-hub';
import type { Sessions } from '../support-session/sessions';
import { MediaReconciler } from './reconciler';

const room = '00000000-0000-4000-8000-000000000001';
const open = { status: 'open', participants: {}, grants: {}, audio: {} } as unknown as KnownSession;

/** Everything that waits for nothing outside has come to its end. */
const turns = (): Promise<void> => new Promise((over) => setImmediate(over));

/** A media server that answers when it is told to, and how many are asking at the same time. */
class SlowServer {
  readonly asked: (() => void)[] = [];
  atOnce = 0;
  most = 0;

  readonly server = {
    listRooms: async () => [],
    participants: async () => {
      this.most = Math.max(this.most, (this.atOnce += 1));
      await new Promise<void>((answer) => this.asked.push(answer));
      this.atOnce -= 1;
      return [];
    },
  } as unknown as MediaServer;

  async isAsked(): Promise<void> {
    while (this.asked.length === 0) await turns();
  }

  answer(): void {
    for (const answered of this.asked.splice(0)) answered();
  }
}

const slow = new SlowServer();
const reconciler = new MediaReconciler({
  media: {
    ...{ server: slow.server, state: { status: 'ready' } },
    ...{ onChange: () => () => undefined, onMediaEvent: () => () => undefined },
  },
  sessions: { find: async () => open, findAfresh: async () => open } as unknown as Sessions,
  hub: {} as EventHub,
  mayServe: async () => true,
  onFailure: (error) => {
    throw error;
  },
});
afterEach(() => reconciler.close());

describe('comparisons of one room', () => {
  it('never run beside each other, so that after one nothing of an earlier one is still on its way', async () => {
    const first = reconciler.compare(room);
    await slow.isAsked();
    const second = reconciler.compare(room);
    slow.answer();
    await first;
    await slow.isAsked();
    // The second still runs: this one follows it.
    const third = reconciler.compare(room);
    for (let times = 0; times < 3; times += 1) await turns().then(() => slow.answer());
    await Promise.all([second, third]);
    expect(slow.most).toBe(1);
  });
});
