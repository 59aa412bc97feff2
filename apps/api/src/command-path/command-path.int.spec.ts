import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { supportSession, UnsealedText } from '@deskside/domain';
import type { SupportSession, SupportSessionCommand } from '@deskside/domain';
import { readEnvelope, verifyChain } from '@deskside/event-store';
import type { Envelope, EventStore, StreamName } from '@deskside/event-store';
import { openSqliteEventStore } from '@deskside/event-store/sqlite';
import { openPayload } from '@deskside/vault';
import type { Vault } from '@deskside/vault';
import { openSqliteVault } from '@deskside/vault/sqlite';
import type { StaffCaller } from './caller';
import { CommandPath } from './command-path';
import type { Handled } from './command-path';
import { streamOf } from './derived-id';
import type { Outcome } from './outcome';
import { CommandAllowance } from './command-allowance';
import { Limits } from '../limits/limits';

let folder: string;
let store: EventStore;
let vault: Vault;
let now: Date;
let path: CommandPath;

const accountId = randomUUID();
const participantId = randomUUID();
const caller: StaffCaller = {
  kind: 'staff',
  accountId,
  signInId: randomUUID(),
  roles: ['representative'],
  permissions: new Set(['session.start', 'session.serve']),
  correlationId: randomUUID(),
};
const identity = { siteId: randomUUID(), writer: { version: '0.0.0', boot: randomUUID() } };
const clock = { now: () => now };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deskside-path-'));
  store = await openSqliteEventStore({ file: join(folder, 'log.db') });
  vault = await openSqliteVault({ file: join(folder, 'vault.db'), masterKeyFile: join(folder, 'master.key') });
  now = new Date('2026-11-20T09:00:00.000Z');
  path = nodeOver(store);
});
afterEach(async () => {
  await store.close();
  await vault.close();
  rmSync(folder, { recursive: true });
});

const allowance = new CommandAllowance(new Limits());

/** A node of its own, with its own memory, over the one log. */
function nodeOver(over: EventStore): CommandPath {
  return new CommandPath({ store: over, vault, clock, identity, allowance });
}

/** The store with another way of reading a stream. */
function reading(readStream: EventStore['readStream']): EventStore {
  return Object.assign(Object.create(store) as EventStore, {
    append: store.append.bind(store),
    integrity: store.integrity.bind(store),
    readStream,
  });
}

interface About {
  readonly stream: StreamName;
  readonly commandId: string;
  readonly caller: StaffCaller;
}

function about(stream: StreamName, commandId: string = randomUUID()): About {
  return { stream, commandId, caller };
}

type Given = Pick<SupportSessionCommand, 'type' | 'payload'>;
type Answer = Outcome<Handled<SupportSession>>;

async function newSession(over: CommandPath = path): Promise<StreamName> {
  const stream = streamOf('supportSession', randomUUID());
  const name = new UnsealedText('Mira', { subject: `representative-${accountId}`, class: 'identity' });
  const payload = {
    number: '482913057',
    numberExpiresAt: '2026-11-20T09:30:00.000Z',
    representative: { participantId, id: accountId, name },
  };
  await over.handle(supportSession, about(stream), { type: 'StartOutboundSession', payload } as Given);
  return stream;
}

function line(stream: StreamName, messageId: string, text = 'Hello'): Given {
  const personal = new UnsealedText(text, { subject: stream, class: 'content', ownKey: true });
  return {
    type: 'SendChatMessage',
    payload: { messageId, authorId: participantId, to: 'all', text: personal },
  } as Given;
}

function say(over: CommandPath, stream: StreamName, commandId: string = randomUUID(), text?: string): Promise<Answer> {
  return over.handle(supportSession, about(stream, commandId), line(stream, commandId, text));
}

const end: Given = { type: 'EndSession', payload: { by: participantId } } as Given;

async function envelopes(stream: StreamName): Promise<readonly Envelope<Record<string, unknown>>[]> {
  return (await store.readStream(stream)).map((event) => readEnvelope<Record<string, unknown>>(event));
}

async function texts(stream: StreamName): Promise<readonly unknown[]> {
  const lines = (await envelopes(stream)).filter(({ type }) => type === 'ChatMessageSent');
  const opened = lines.map(({ payload, id }) => openPayload(payload, id, vault) as Promise<{ text: unknown }>);
  return (await Promise.all(opened)).map(({ text }) => text);
}

const place = (answer: Answer): unknown =>
  answer.ok ? { position: answer.value.position, revision: answer.value.revision } : answer.refusal;

describe('a command that is sent again', () => {
  it('changes nothing and is answered as the first time', async () => {
    const stream = await newSession();
    const commandId = randomUUID();
    const first = await say(path, stream, commandId);
    const again = await say(path, stream, commandId, 'Hello, a second time');
    expect(place(again)).toEqual(place(first));
    expect(await texts(stream)).toEqual(['Hello']);
  });

  it('is known to another node', async () => {
    const stream = await newSession();
    const commandId = randomUUID();
    const first = place(await say(path, stream, commandId));
    expect(place(await say(nodeOver(store), stream, commandId))).toEqual(first);
    expect(await texts(stream)).toHaveLength(1);
  });

  it('at the same moment is one act', async () => {
    const stream = await newSession();
    const commandId = randomUUID();
    const nodes = [path, path, nodeOver(store), nodeOver(store)];
    const answers = await Promise.all(nodes.map((node) => say(node, stream, commandId)));
    expect(
      new Set(answers.map((answer) => JSON.stringify(place(answer), (_, v) => (typeof v === 'bigint' ? String(v) : v))))
        .size,
    ).toBe(1);
    expect(await texts(stream)).toHaveLength(1);
  });

  it('with another type is COMMAND_ID_REUSED and changes nothing', async () => {
    const stream = await newSession();
    const commandId = randomUUID();
    await say(path, stream, commandId);
    const reused = { ok: false, refusal: { code: 'COMMAND_ID_REUSED' } };
    expect(await path.handle(supportSession, about(stream, commandId), end)).toEqual(reused);
    expect(await nodeOver(store).handle(supportSession, about(stream, commandId), end)).toEqual(reused);
    expect(await envelopes(stream)).toHaveLength(3);
  });

  it('by another person is another command', async () => {
    const stream = await newSession();
    const commandId = randomUUID();
    await say(path, stream, commandId);
    const other = { ...about(stream, commandId), caller: { ...caller, accountId: randomUUID() } };
    expect(await path.handle(supportSession, other, end)).toMatchObject({ ok: true });
  });

  const valid = 'a9daf989-f62d-4c45-872d-a216cd462f80';
  it.each(['', 'x', valid.toUpperCase(), `${valid} `, `${valid}\n`, `{${valid}}`, valid.replaceAll('-', '')])(
    'under %j is COMMAND_ID_INVALID and reads nothing',
    async (commandId) => {
      const stream = streamOf('supportSession', randomUUID());
      expect(await say(path, stream, commandId)).toEqual({ ok: false, refusal: { code: 'COMMAND_ID_INVALID' } });
      expect(await store.head()).toBeNull();
    },
  );
});

describe('two nodes over one log', () => {
  it('both get through when they write into one stream', async () => {
    const stream = await newSession();
    const nodes = [path, nodeOver(store)];
    const answers = await Promise.all(
      nodes.flatMap((node, n) => Array.from({ length: 25 }, (_, i) => say(node, stream, randomUUID(), `${n}.${i}`))),
    );
    expect(answers.filter(({ ok }) => !ok)).toEqual([]);
    const said = await texts(stream);
    for (const n of [0, 1])
      expect(said.filter((text) => String(text).startsWith(`${n}.`))).toEqual(
        Array.from({ length: 25 }, (_, i) => `${n}.${i}`),
      );
    expect(verifyChain(await store.readStream(stream)).whole).toBe(true);
  });

  it('decide again as often as another one is faster, for two seconds', async () => {
    const stream = await newSession();
    const faster = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const overtaken: EventStore = Object.assign(reading(store.readStream.bind(store)), {
      append: async (...args: Parameters<EventStore['append']>) => {
        const text = faster.shift();
        if (text !== undefined) await say(path, stream, randomUUID(), text);
        return store.append(...args);
      },
    });
    expect(await say(nodeOver(overtaken), stream, randomUUID(), 'last')).toMatchObject({ ok: true });
    expect((await texts(stream)).join()).toBe('a,b,c,d,e,f,g,h,last');
  });

  it('read after a conflict only what is new', async () => {
    const stream = await newSession();
    const reads: (bigint | undefined)[] = [];
    const watched = reading((name, options) => {
      reads.push(options?.from);
      return store.readStream(name, options);
    });
    const other = nodeOver(watched);
    await say(other, stream);
    await say(path, stream);
    expect(await say(other, stream)).toMatchObject({ ok: true, value: { revision: 4n } });
    expect(reads).toEqual([0n, 2n]);
  });

  it.each([
    ['ends earlier', 0],
    ['goes on otherwise', 3],
  ])('take the log for true where it %s than what they remember', async (_, others) => {
    const stream = await newSession();
    await say(path, stream, randomUUID(), 'kept');
    const kept = await store.readStream(stream);
    const second = await openSqliteEventStore({ file: join(folder, 'second.db') });
    let current = store;
    const node = nodeOver(
      Object.assign(Object.create(store) as EventStore, {
        append: (...args: Parameters<EventStore['append']>) => current.append(...args),
        readStream: (...args: Parameters<EventStore['readStream']>) => current.readStream(...args),
        integrity: store.integrity.bind(store),
      }),
    );
    await say(node, stream, randomUUID(), 'lost with the first log');
    await second.append(stream, kept, 'noStream');
    for (let other = 0; other < others; other++) await say(nodeOver(second), stream, randomUUID(), 'meanwhile');
    current = second;
    expect(await node.stateAfresh(supportSession, stream)).toMatchObject({
      revision: BigInt(kept.length + others - 1),
    });
    expect(await say(node, stream, randomUUID(), 'now')).toMatchObject({ ok: true });
    const events = await second.readStream(stream);
    await second.close();
    expect(verifyChain(events)).toMatchObject({ whole: true });
    expect(events).toHaveLength(kept.length + others + 1);
  });

  it('decide again after a conflict: of two ends one is, the other is told', async () => {
    const stream = await newSession();
    const other = nodeOver(store);
    await other.stateOf(supportSession, stream);
    const answers = await Promise.all([path, other].map((node) => node.handle(supportSession, about(stream), end)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'SESSION_ENDED' } });
    expect((await envelopes(stream)).filter(({ type }) => type === 'SessionEnded')).toHaveLength(1);
  });

  it('give up with REVISION_CONFLICT when another writer is always faster', async () => {
    const stream = await newSession();
    const overtaken: EventStore = Object.assign(Object.create(store) as EventStore, {
      append: async () => ({ ok: false, code: 'REVISION_CONFLICT', actual: 99n }) as const,
      readStream: store.readStream.bind(store),
      head: store.head.bind(store),
      integrity: store.integrity.bind(store),
    });
    const refusal = { ok: false, refusal: { code: 'REVISION_CONFLICT' } };
    expect(await say(nodeOver(overtaken), stream)).toEqual(refusal);
  });
});

describe('a store whose answer is lost', () => {
  /** Passes everything on, but fails `times` times: after the events are stored, or before. */
  function losing(when: 'after storing' | 'before storing', times: number): EventStore & { tries: number } {
    const double = {
      tries: 0,
      readStream: store.readStream.bind(store),
      head: store.head.bind(store),
      integrity: store.integrity.bind(store),
      append: async (...args: Parameters<EventStore['append']>) => {
        double.tries += 1;
        const fails = double.tries <= times;
        if (fails && when === 'before storing') throw new Error('lost');
        const result = await store.append(...args);
        if (fails) throw new Error('lost');
        return result;
      },
    };
    return double as unknown as EventStore & { tries: number };
  }

  it.each(['after storing', 'before storing'] as const)(
    'once, %s, is asked again with the same bytes: one line',
    async (when) => {
      const stream = await newSession();
      const double = losing(when, 1);
      const answer = await say(nodeOver(double), stream);
      expect(answer).toMatchObject({ ok: true, value: { revision: 2n } });
      expect(double.tries).toBe(2);
      expect(await texts(stream)).toEqual(['Hello']);
      expect(verifyChain(await store.readStream(stream)).whole).toBe(true);
    },
  );

  it('goes on from what really stands in the log', async () => {
    const stream = await newSession();
    const node = nodeOver(losing('after storing', 1));
    await say(node, stream, randomUUID(), 'one');
    expect(await say(node, stream, randomUUID(), 'two')).toMatchObject({ ok: true, value: { revision: 3n } });
    expect(await texts(stream)).toEqual(['one', 'two']);
  });

  it('for good fails without a second line when the person tries again', async () => {
    const stream = await newSession();
    const node = nodeOver(losing('after storing', 3));
    const commandId = randomUUID();
    await expect(say(node, stream, commandId)).rejects.toThrow('lost');
    expect(await say(node, stream, commandId)).toMatchObject({ ok: true, value: { revision: 2n } });
    expect(await texts(stream)).toEqual(['Hello']);
  });

  it('does not hold up the next command of the stream', async () => {
    const stream = await newSession();
    const node = nodeOver(losing('before storing', 3));
    const [lost, next] = await Promise.allSettled([say(node, stream), say(node, stream, randomUUID(), 'next')]);
    expect(lost.status).toBe('rejected');
    expect(next).toMatchObject({ status: 'fulfilled', value: { ok: true } });
    expect(await texts(stream)).toEqual(['next']);
  });
});

describe('a clock that was set back', () => {
  it('never makes a stream run backwards', async () => {
    const stream = await newSession();
    const times = [
      '2026-11-20T09:10:00.000Z',
      '2026-11-20T08:00:00.000Z',
      '2026-11-20T09:09:59.999Z',
      '2026-11-20T09:11:00.000Z',
    ];
    for (const time of times) {
      now = new Date(time);
      await say(path, stream);
    }
    expect((await envelopes(stream)).map(({ occurredAt }) => occurredAt)).toEqual([
      '2026-11-20T09:00:00.000Z',
      '2026-11-20T09:00:00.000Z',
      '2026-11-20T09:10:00.000Z',
      '2026-11-20T09:10:00.000Z',
      '2026-11-20T09:10:00.000Z',
      '2026-11-20T09:11:00.000Z',
    ]);
  });

  it('does not make a number young again', async () => {
    const stream = await newSession();
    now = new Date('2026-11-20T09:31:00.000Z');
    await say(path, stream);
    now = new Date('2026-11-20T09:05:00.000Z');
    const [customerId, place] = [randomUUID(), randomUUID()];
    const name = new UnsealedText('Ana', { subject: `customer-${customerId}`, class: 'identity' });
    const join = { type: 'JoinByNumber', payload: { participantId: place, customerId, name } } as Given;
    expect(await path.handle(supportSession, about(stream), join)).toMatchObject({
      refusal: { code: 'SESSION_NUMBER_UNKNOWN' },
    });
  });
});

describe('what goes into the log', () => {
  it('is sealed: no personal text stands in a body', async () => {
    const stream = await newSession();
    await say(path, stream, randomUUID(), 'My card is 4556');
    const bodies = (await store.readStream(stream)).map(({ body }) => body).join();
    expect(bodies).not.toContain('Mira');
    expect(bodies).not.toContain('4556');
  });

  it('says who, when, why and by which program', async () => {
    const stream = await newSession();
    const commandId = randomUUID();
    await path.handle(
      supportSession,
      { ...about(stream, commandId), causationId: 'cause', sessionRole: 'primaryRepresentative' },
      end,
    );
    expect((await envelopes(stream)).at(-1)).toMatchObject({
      stream,
      revision: '2',
      occurredAt: now.toISOString(),
      actor: { kind: 'representative', id: accountId, sessionRole: 'primaryRepresentative' },
      correlationId: caller.correlationId,
      causationId: 'cause',
      commandId,
      commandType: 'EndSession',
      ...identity,
    });
  });

  it('of an erased subject is refused, and what was carried over reads as erased', async () => {
    const stream = await newSession();
    await say(path, stream);
    await vault.destroy([{ subject: stream, class: 'content' }]);
    expect(await say(path, stream)).toEqual({ ok: false, refusal: { code: 'SUBJECT_ERASED' } });
    expect(await texts(stream)).toEqual([{ erased: true }]);
  });
});
