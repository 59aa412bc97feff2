import { expect, it } from '@jest/globals';
import type { AppendResult, EventId, EventStore, ExpectedRevision, RecordedEvent } from '../event-store';
import { readEnvelope, verifyChain } from '../seal';
import { SealedStream } from './sealed-stream';
import type { StoreHarness } from './store-harness';

/** Gives the harness of the running test. */
export type Current = () => StoreHarness;

function written(result: AppendResult): Extract<AppendResult, { ok: true }> {
  if (!result.ok) throw new Error(`The append was refused: ${result.code}.`);
  return result;
}

export function appendContract(current: Current): void {
  const absent: [ExpectedRevision, boolean][] = [
    ['any', true],
    ['noStream', true],
    ['streamExists', false],
    [0n, false],
  ];
  it.each(absent)('an append that expects %s of an absent stream: accepted %s', async (expected, accepted) => {
    const { store } = current();
    const stream = new SealedStream('queue-1');
    const result = await store.append(stream.name, [stream.seal()], expected);
    if (accepted) expect(result).toMatchObject({ ok: true, lastRevision: 0n, alreadyThere: false });
    else expect(result).toEqual({ ok: false, code: 'REVISION_CONFLICT', actual: null });
    expect(await store.readStream(stream.name)).toHaveLength(accepted ? 1 : 0);
  });

  const present: [ExpectedRevision, boolean][] = [
    ['any', true],
    ['noStream', false],
    ['streamExists', true],
    [0n, true],
    [1n, false],
  ];
  it.each(present)('an append that expects %s of a stream at 0: accepted %s', async (expected, accepted) => {
    const { store } = current();
    const stream = new SealedStream('queue-1');
    await store.append(stream.name, [stream.seal()], 'noStream');
    const result = await store.append(stream.name, [stream.seal()], expected);
    if (accepted) expect(result).toMatchObject({ ok: true, lastRevision: 1n, alreadyThere: false });
    else expect(result).toEqual({ ok: false, code: 'REVISION_CONFLICT', actual: 0n });
    expect(await store.readStream(stream.name)).toHaveLength(accepted ? 2 : 1);
  });

  const advanced: [ExpectedRevision, boolean][] = [
    ['any', true],
    ['noStream', false],
    ['streamExists', true],
    [1n, false],
    [2n, true],
  ];
  it.each(advanced)(
    'an append that expects %s of a stream that went on to 2: accepted %s',
    async (expected, accepted) => {
      const { store } = current();
      const stream = new SealedStream('queue-1');
      await store.append(stream.name, stream.sealMany(2), 'noStream');
      await store.append(stream.name, [stream.seal()], 1n);
      const result = await store.append(stream.name, [stream.seal()], expected);
      if (accepted) expect(result).toMatchObject({ ok: true, lastRevision: 3n });
      else expect(result).toEqual({ ok: false, code: 'REVISION_CONFLICT', actual: 2n });
    },
  );

  it('an empty append is a no-op', async () => {
    const { store } = current();
    const stream = new SealedStream('queue-1');
    expect(await store.append(stream.name, [], 'noStream')).toMatchObject({ ok: true });
    expect(await store.head()).toBeNull();
    await store.append(stream.name, [stream.seal()], 'noStream');
    const head = await store.head();
    expect(await store.append(stream.name, [], 5n)).toMatchObject({ ok: true, lastRevision: 0n });
    expect(await store.head()).toBe(head);
  });

  it.each<ExpectedRevision>(['any', 'noStream', 'streamExists', 0n, 2n, 77n])(
    'the same ids appended again, expecting %s, give the same answer and write nothing',
    async (expected) => {
      const { store } = current();
      const stream = new SealedStream('queue-1');
      await store.append(stream.name, [stream.seal()], 'noStream');
      const batch = stream.sealMany(2);
      const first = written(await store.append(stream.name, batch, 0n));
      await store.append(stream.name, [stream.seal()], 2n);
      const again = await store.append(stream.name, batch, expected);
      expect(again).toEqual({ ...first, alreadyThere: true });
      expect(await store.readStream(stream.name)).toHaveLength(4);
    },
  );

  it('the same append sent twice without waiting is written once', async () => {
    const { store } = current();
    const stream = new SealedStream('queue-1');
    const batch = stream.sealMany(3);
    const answers = await Promise.all([1, 2, 3].map(() => store.append(stream.name, batch, 'noStream')));
    expect(answers.map((answer) => written(answer).alreadyThere)).toEqual([false, true, true]);
    expect(new Set(answers.map((answer) => written(answer).position)).size).toBe(1);
    expect(await store.readStream(stream.name)).toHaveLength(3);
  });

  it.each<ExpectedRevision>(['any', 0n])(
    'an id that stands elsewhere is refused where the adapter knows of it, expecting %s; nothing is written',
    async (expected) => {
      const { store, idsAcrossStreams } = current();
      if (!idsAcrossStreams) return expect(idsAcrossStreams).toBe(false);
      const [one, two] = [new SealedStream('queue-1'), new SealedStream('queue-2')];
      const taken = one.seal();
      await store.append(one.name, [taken], 'noStream');
      await store.append(two.name, [two.seal()], 'noStream');
      const result = await store.append(two.name, [two.seal(), two.seal({ id: taken.id })], expected);
      expect(result).toMatchObject({ ok: false, code: 'EVENT_ID_TAKEN' });
      expect(await store.readStream(two.name)).toHaveLength(1);
      two.continueAfter(0n, (await store.readStream(two.name))[0]?.hash ?? new Uint8Array());
      expect(await store.append(two.name, [two.seal({ type: 'NoteSaved' })], 0n)).toMatchObject({
        ok: true,
        lastRevision: 1n,
      });
    },
  );

  it('a batch of which a part is there already is refused whole', async () => {
    const { store } = current();
    const stream = new SealedStream('queue-1');
    const events = stream.sealMany(3);
    await store.append(stream.name, events.slice(0, 2), 'noStream');
    expect(await store.append(stream.name, events, 'any')).toMatchObject({ ok: false, code: 'EVENT_ID_TAKEN' });
    expect(await store.append(stream.name, [...events.slice(0, 2)].reverse(), 'any')).toMatchObject({
      ok: false,
      code: 'EVENT_ID_TAKEN',
    });
    expect(await store.readStream(stream.name)).toHaveLength(2);
  });

  it('a conflict among appends that wait together fails only itself and reports the true revision', async () => {
    const { store } = current();
    const streams = Array.from({ length: 10 }, (_, at) => new SealedStream(`queue-${at}`));
    const loser = streams[4] ?? new SealedStream('none');
    const results = await Promise.all([
      ...streams.map((stream) => store.append(stream.name, stream.sealMany(2), 'noStream')),
      store.append(loser.name, [loser.seal({ type: 'Late' })], 'noStream'),
    ]);
    expect(results.filter((result) => result.ok)).toHaveLength(10);
    expect(results.at(-1)).toEqual({ ok: false, code: 'REVISION_CONFLICT', actual: 1n });
  });

  it('an event that is too large is refused, its batch with it', async () => {
    const { store } = current();
    const stream = new SealedStream('queue-1');
    const batch = [stream.seal(), stream.seal({ payload: 'x'.repeat(64 * 1024 * 1024) })];
    expect(await store.append(stream.name, batch, 'noStream')).toMatchObject({ ok: false, code: 'EVENT_TOO_LARGE' });
    expect(await store.head()).toBeNull();
  });

  it('a payload of 1 MB, any Unicode and a type that nobody knows come back untouched', async () => {
    const { store, reopen } = current();
    const stream = new SealedStream('queue-1');
    const payloads = [
      'x'.repeat(1_000_000),
      'Grüße 你好 🙂 \u0000 \u2028 \uD800 e\u0301',
      { deep: [1.5, null, true, { '': '' }] },
    ];
    const events = payloads.map((payload) => stream.seal({ payload, type: 'TypeThatNobodyKnows' }));
    await store.append(stream.name, events, 'noStream');
    const read = await (await reopen()).readStream(stream.name);
    expect(read.map(({ id, type, body }) => ({ id, type, body }))).toEqual(
      events.map(({ id, type, body }) => ({ id, type, body })),
    );
    expect(read.map((event) => Buffer.from(event.hash).toString('hex'))).toEqual(
      events.map((event) => Buffer.from(event.hash).toString('hex')),
    );
    expect(read.map((event) => readEnvelope(event).payload)).toEqual(payloads);
    expect(verifyChain(read).whole).toBe(true);
  });

  it('8 writers with 500 appends each, on streams that they share, lose, double and reorder nothing', async () => {
    const { store, reopen } = current();
    const shared = ['race-0', 'race-1', 'race-2'];
    const acknowledged = (
      await Promise.all(Array.from({ length: 8 }, (_, writer) => race(store, shared, writer)))
    ).flat();
    expect(acknowledged).toHaveLength(8 * 500);

    const opened = await reopen();
    const all = await readEverything(opened);
    expect(new Set(all.map(({ id }) => id))).toEqual(new Set(acknowledged));
    expect(all).toHaveLength(acknowledged.length);
    expect(all.map(({ position }) => position)).toEqual(
      all.map(({ position }) => position).sort((a, b) => opened.comparePositions(a, b)),
    );
    for (const name of shared.map((each) => new SealedStream(each).name)) {
      const events = await opened.readStream(name);
      expect(verifyChain(events).whole).toBe(true);
      expect(all.filter(({ stream }) => stream === name)).toEqual(events);
    }
    expect(opened.integrity()).toMatchObject({ status: 'whole' });
  });

  it('positions and revisions above 2^53 stay exact', async () => {
    const { moveBeyondSafeIntegers } = current();
    if (!moveBeyondSafeIntegers) return expect(moveBeyondSafeIntegers).toBeUndefined();
    const stream = new SealedStream('queue-1');
    const { store, lastRevision } = await moveBeyondSafeIntegers(stream.name);
    const [before] = await store.readStream(stream.name, { from: lastRevision });
    stream.continueAfter(lastRevision, before?.hash ?? new Uint8Array());
    const result = written(await store.append(stream.name, stream.sealMany(3), lastRevision));
    expect(lastRevision > 2n ** 53n).toBe(true);
    expect(result.lastRevision).toBe(lastRevision + 3n);
    const read = await store.readStream(stream.name, { from: lastRevision + 1n });
    expect(read.map(({ revision }) => revision)).toEqual([1n, 2n, 3n].map((more) => lastRevision + more));
    expect(new Set(read.map(({ position }) => position)).size).toBe(3);
    expect(read.at(-1)?.position).toBe(result.position);
    const { events } = await store.readAll({ after: read[0]?.position ?? null });
    expect(events.map(({ id }) => id)).toEqual(read.slice(1).map(({ id }) => id));
    expect(await store.append(stream.name, [stream.seal()], lastRevision + 2n)).toEqual({
      ok: false,
      code: 'REVISION_CONFLICT',
      actual: lastRevision + 3n,
    });
  });
}

/** One writer: appends to the shared streams in turn, and after a conflict reloads and seals again. */
async function race(store: EventStore, names: readonly string[], writer: number): Promise<EventId[]> {
  const acknowledged: EventId[] = [];
  for (let number = 0; number < 500; number++) {
    const stream = new SealedStream(names[(number + writer) % names.length] ?? '');
    const id = uniqueId(writer, number);
    for (let done = false; !done;) {
      const [last] = await store.readStream(stream.name, { direction: 'backwards', maxCount: 1 });
      if (last) stream.continueAfter(last.revision, last.hash);
      const result = await store.append(stream.name, [stream.seal({ id })], last?.revision ?? 'noStream');
      done = result.ok;
      if (!result.ok) expect(result.code).toBe('REVISION_CONFLICT');
    }
    acknowledged.push(id);
  }
  return acknowledged;
}

function uniqueId(writer: number, number: number): EventId {
  return `00000000-0000-5000-8000-${(writer * 1000 + number).toString(16).padStart(12, '0')}` as EventId;
}

export async function readEverything(store: EventStore, types?: readonly string[]): Promise<RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  let page = await store.readAll({ after: null, maxCount: 97, ...(types && { types }) });
  while (page.events.length > 0) {
    found.push(...page.events);
    page = await store.readAll({ after: page.position, maxCount: 97, ...(types && { types }) });
  }
  return found;
}
