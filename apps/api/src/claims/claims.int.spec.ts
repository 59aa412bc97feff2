import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore, StreamName } from '@deskside/event-store';
import { openSqliteEventStore } from '@deskside/event-store/sqlite';
import type { Vault } from '@deskside/vault';
import { openSqliteVault } from '@deskside/vault/sqlite';
import type { Caller } from '../command-path/caller';
import { CommandPath } from '../command-path/command-path';
import { Claims } from './claims';
import { CommandAllowance } from '../command-path/command-allowance';
import { Limits } from '../limits/limits';

let folder: string;
let store: EventStore;
let vault: Vault;
let now: Date;
let claims: Claims;
const clock = { now: () => now };
const caller: Caller = { kind: 'system', id: randomUUID(), correlationId: randomUUID() };
const claimant = (): StreamName => `representative-${randomUUID()}` as StreamName;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deskside-claims-'));
  store = await openSqliteEventStore({ file: join(folder, 'log.db') });
  vault = await openSqliteVault({ file: join(folder, 'vault.db'), masterKeyFile: join(folder, 'master.key') });
  now = new Date('2026-11-20T09:00:00.000Z');
  claims = await node();
});
afterEach(async () => {
  await store.close();
  await vault.close();
  rmSync(folder, { recursive: true });
});

const allowance = new CommandAllowance(new Limits());

function node(): Promise<Claims> {
  const identity = { siteId: randomUUID(), writer: { version: '0', boot: randomUUID() } };
  return Claims.open({ vault, store, clock, commands: new CommandPath({ store, vault, clock, identity, allowance }) });
}

const take = (by: Claims, wanted: StreamName, commandId: string = randomUUID()): ReturnType<Claims['take']> =>
  by.take({ kind: 'email', value: 'ana@example.org', claimant: wanted, caller, commandId });
const taken = { ok: false, refusal: { code: 'EMAIL_TAKEN' } };

describe('a value that must be unique', () => {
  it('goes to one of two nodes that want it at once', async () => {
    const nodes = [claims, await node()];
    for (let round = 0; round < 10; round++) {
      const value = `person${round}@example.org`;
      const answers = await Promise.all(
        nodes.map((one) => one.take({ kind: 'email', value, claimant: claimant(), caller, commandId: randomUUID() })),
      );
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(answers.find(({ ok }) => !ok)).toEqual(taken);
    }
  });

  it('is the same stream for every node of the site, and names no value', async () => {
    const stream = claims.streamOf('email', 'ana@example.org');
    expect((await node()).streamOf('email', 'ana@example.org')).toBe(stream);
    expect(stream).toMatch(/^claim-email-[0-9a-f]{32}$/);
    expect(claims.streamOf('sessionNumber', 'ana@example.org').slice(-32)).not.toBe(stream.slice(-32));
  });
});

describe('a claim whose claimant never came', () => {
  it('is not released before its time, and free afterwards', async () => {
    const lost = claimant();
    await take(claims, lost);
    const stream = claims.streamOf('email', 'ana@example.org');
    const release = (): Promise<void> => claims.release({ stream, claimant: lost, reason: 'orphaned', caller });
    now = new Date('2026-11-20T09:00:59.999Z');
    await release();
    expect(await take(claims, claimant())).toEqual(taken);
    now = new Date('2026-11-20T09:01:00.000Z');
    await release();
    expect(await claims.holder('email', 'ana@example.org')).toBeNull();
    expect(await take(claims, claimant())).toMatchObject({ ok: true });
  });

  it('is taken again when its command is sent again after the release', async () => {
    const [late, commandId] = [claimant(), randomUUID()];
    await take(claims, late, commandId);
    now = new Date('2026-11-20T09:02:00.000Z');
    const stream = claims.streamOf('email', 'ana@example.org');
    await claims.release({ stream, claimant: late, reason: 'orphaned', caller });
    expect(await take(claims, late, commandId)).toMatchObject({ ok: true });
    expect(await claims.holder('email', 'ana@example.org')).toBe(late);
    expect(await take(claims, claimant())).toEqual(taken);
  });

  it('is refused to its own command when somebody else has it by then', async () => {
    const [late, other, commandId] = [claimant(), claimant(), randomUUID()];
    await take(claims, late, commandId);
    now = new Date('2026-11-20T09:02:00.000Z');
    const stream = claims.streamOf('email', 'ana@example.org');
    await claims.release({ stream, claimant: late, reason: 'orphaned', caller });
    await take(claims, other);
    expect(await take(claims, late, commandId)).toEqual(taken);
    expect(await claims.holder('email', 'ana@example.org')).toBe(other);
  });

  it('is kept when the claimant stands in the log, whatever a read model that is behind says', async () => {
    const there = claimant();
    await take(claims, there);
    // Any event makes a stream exist.
    const [event] = await store.readStream(claims.streamOf('email', 'ana@example.org'));
    if (event === undefined) throw new Error('The claim was written.');
    await store.append(there, [{ ...event, id: randomUUID() as typeof event.id }], 'noStream');
    now = new Date('2026-11-20T10:00:00.000Z');
    const stream = claims.streamOf('email', 'ana@example.org');
    await claims.release({ stream, claimant: there, reason: 'orphaned', caller });
    expect(await claims.holder('email', 'ana@example.org')).toBe(there);
  });
});
