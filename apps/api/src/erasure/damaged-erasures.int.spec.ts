import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ErasedKey } from '@deskside/domain';
import type { EventStore, SealedEvent } from '@deskside/event-store';
import { SealedStream } from '@deskside/event-store/contract';
import { openSqliteEventStore } from '@deskside/event-store/sqlite';
import type { Vault } from '@deskside/vault';
import type { EventHub } from '../live-feed/event-hub';
import { Log } from '../log/logger';
import { ErasureReview } from './erasure-review';
import { Erasures } from './erasures';

const customerId = '00000000-0000-4000-8000-000000000001';
const key = (name: string): ErasedKey => ({ subject: `customer-${name}`, class: 'identity' });
const erasing = (stream: SealedStream, keys: unknown): SealedEvent =>
  stream.seal({ type: 'PersonalDataErased', payload: { customerId, sessionIds: [], keys } });

const damages: readonly (readonly [string, (stream: SealedStream) => SealedEvent])[] = [
  ['is no event any more', (stream) => ({ ...erasing(stream, [key('lost')]), body: '{"id":' })],
  [
    'names other keys than it was sealed with',
    (stream) => ({
      ...erasing(stream, [key('gone')]),
      body: erasing(new SealedStream('access-1'), [key('lost')]).body,
    }),
  ],
  ['has another form', (stream) => erasing(stream, 'customer-lost')],
  ['names keys of another form', (stream) => erasing(stream, [{ subject: 7, class: 'identity' }])],
];

describe.each(damages)('an erasing event that %s', (_, damaged) => {
  let folder: string;
  let store: EventStore;
  let left: ErasedKey[];
  const vault = {
    erasuresAppliedUpTo: async () => null,
    setErasuresAppliedUpTo: async () => undefined,
    whenTraceless: async () => undefined,
    undestroyed: async (keys: readonly ErasedKey[]) =>
      keys.filter(({ subject }) => left.some((one) => one.subject === subject)),
    destroy: async (keys: readonly ErasedKey[]) => {
      left = left.filter(({ subject }) => !keys.some((gone) => gone.subject === subject));
    },
  } as unknown as Vault;
  const parts = { vault, forget: async (): Promise<void> => undefined, secondPlace: null };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'deskside-erasures-'));
    store = await openSqliteEventStore({ file: join(folder, 'log.db') });
    left = ['lost', 'erased', 'kept'].map(key);
    const stream = new SealedStream('access-1');
    await store.append(stream.name, [damaged(stream), erasing(stream, [key('erased')])], 'noStream');
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  it('erases nothing, and what is erased behind it is before anything is served', async () => {
    const hub = { reset: () => undefined } as unknown as EventHub;
    const failures: unknown[] = [];
    const erasures = new Erasures({ ...parts, store, hub, histories: { forget: () => undefined } });
    await erasures.start((error) => void failures.push(error));
    expect([failures, left]).toEqual([[], [key('lost'), key('kept')]]);
    erasures.close();
  });

  it('keeps no review from what is behind it', async () => {
    const found: ErasedKey[] = [];
    const review = new ErasureReview({
      ...{ ...parts, store, log: new Log('silent'), outdated: () => undefined },
      found: async (keys) => void found.push(...keys),
    });
    await review.run();
    expect([found, left]).toEqual([[key('erased')], [key('lost'), key('kept')]]);
  });

  it('takes nothing by a review where the log is known to be damaged', async () => {
    const review = new ErasureReview({
      ...{ ...parts, store, log: new Log('silent'), outdated: () => undefined, found: async () => undefined },
    });
    store.distrust('The second place knows of more events.');
    await review.run();
    expect(left).toEqual(['lost', 'erased', 'kept'].map(key));
  });
});
