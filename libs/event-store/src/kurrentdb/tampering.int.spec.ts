import type { KeyObject } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { acceptLoss, makeSigningKey, SealedStream, startSigner } from '../contract';
import { auditLog, readHead, sentenceOf } from '../integrity';
import { KurrentDbDouble } from './double';
import type { StoredEvent } from './double/memory-log';
import { openKurrentEventStore } from './kurrent-event-store';
import { openKurrentLogReader } from './kurrent-log-reader';

jest.setTimeout(60_000); // bounds a hang, measures nothing

const folder = mkdtempSync(join(tmpdir(), 'deskside-tampering-'));
afterAll(() => rmSync(folder, { recursive: true }));
const privateKey = makeSigningKey();

describe('a log on a server that somebody has tampered with', () => {
  let double: KurrentDbDouble;
  let headFile: string;
  let made = 0;
  beforeEach(async () => {
    double = await KurrentDbDouble.start();
    headFile = join(folder, `head-${(made += 1)}`);
    const store = await openKurrentEventStore({ connectionString: double.connectionString, headFile });
    const signer = await startSigner(store, privateKey, { everyEvents: 5 });
    const streams = [0, 1, 2].map((at) => new SealedStream(`queue-${at}`));
    for (let round = 0; round < 6; round++)
      for (const stream of streams) await store.append(stream.name, [stream.seal()], 'any');
    await signer.close(10_000);
    await store.close();
  });
  afterEach(() => double.close());

  async function verified(): Promise<readonly string[]> {
    const reader = await openKurrentLogReader({ connectionString: double.connectionString });
    const audit = await auditLog(reader, { hasRowPositions: false, head: null, elsewhere: null });
    await reader.close();
    return audit.findings.map(sentenceOf);
  }

  const placeOf = (stream: string, revision: bigint): number =>
    double.log.all.findIndex((event) => event.stream === stream && event.revision === revision);

  it('is whole as it was made', async () => {
    expect(await verified()).toEqual([]);
  });

  it('names an event that was changed', async () => {
    const at = placeOf('queue-1', 3n);
    const event = double.log.all[at] as StoredEvent;
    const data = Buffer.from(Buffer.from(event.data).toString().replace('contract', 'contrast'));
    double.log.all[at] = { ...event, data };
    expect(await verified()).toEqual([
      'Event 3 of queue-1 is not as it was sealed. Its hash does not fit its bytes and the event before it.',
    ]);
  });

  it('names an event that is missing, and one at the end of a stream', async () => {
    double.log.all.splice(placeOf('queue-1', 3n), 1);
    double.log.all.splice(placeOf('queue-2', 5n), 1);
    const found = await verified();
    expect(found).toContain('Event 3 of queue-1 is missing.');
    expect(found).toContain('Event 5 of queue-2 is missing.');
  });

  it('is read-only once an append has met a stream that was deleted at the server, and says so to whoever asks', async () => {
    const store = await openKurrentEventStore({ connectionString: double.connectionString, headFile });
    double.log.deleteStream('queue-9');
    const [there, other] = [new SealedStream('queue-9'), new SealedStream('queue-8')];
    expect(await store.append(there.name, [there.seal()], 'noStream')).toMatchObject({ code: 'LOG_READ_ONLY' });
    const reason = 'The stream queue-9 was deleted at the server; it takes no more events.';
    expect(store.integrity()).toEqual({ status: 'damaged', place: null, reason });
    expect(await store.append(other.name, [other.seal()], 'noStream')).toMatchObject({ code: 'LOG_READ_ONLY', reason });
    await store.close();
  });

  it('without the event that this node has seen last is read-only from the start on', async () => {
    double.log.all.splice(-2);
    const store = await openKurrentEventStore({ connectionString: double.connectionString, headFile });
    expect(store.integrity()).toMatchObject({ status: 'damaged', reason: expect.stringContaining('had been written') });
    const more = new SealedStream('queue-9');
    expect(await store.append(more.name, [more.seal()], 'noStream')).toMatchObject({ code: 'LOG_READ_ONLY' });
    await store.close();
  });

  it('and is taken as it is goes on being missed until something was appended, and no longer', async () => {
    const verifiedFile = `${headFile}-verified`;
    const files = { connectionString: double.connectionString, headFile, verifiedFile };
    double.log.all.splice(-2);
    const noted = readFileSync(headFile, 'utf8');
    const looked = await openKurrentEventStore({ ...files, acceptLoss: true });
    await looked.close();
    expect([readFileSync(headFile, 'utf8'), existsSync(verifiedFile)]).toEqual([noted, false]);
    const missing = await openKurrentEventStore(files);
    expect(missing.integrity().status).toBe('damaged');
    await missing.close();

    const accepting = await openKurrentEventStore({ ...files, acceptLoss: true });
    const more = new SealedStream('queue-9');
    expect(await accepting.append(more.name, [more.seal()], 'noStream')).toMatchObject({ ok: true });
    await accepting.close();
    expect(readFileSync(headFile, 'utf8')).not.toBe(noted);
    const after = await openKurrentEventStore(files);
    expect(after.integrity().status).toBe('whole');
    await after.close();
  });

  it('with a changed event that was accepted takes more, and does not stumble over it at the next start', async () => {
    const verifiedFile = `${headFile}-verified`;
    const files = { connectionString: double.connectionString, headFile, verifiedFile };
    const at = placeOf('queue-1', 3n);
    const event = double.log.all[at] as StoredEvent;
    double.log.all[at] = {
      ...event,
      data: Buffer.from(Buffer.from(event.data).toString().replace('contract', 'contrast')),
    };
    const accepting = await openKurrentEventStore({ ...files, acceptLoss: true });
    const more = new SealedStream('queue-9');
    expect(await accepting.append(more.name, [more.seal()], 'noStream')).toMatchObject({ ok: true });
    await accepting.close();
    const after = await openKurrentEventStore(files);
    expect(after.integrity().status).toBe('whole');
    await after.close();
  });

  describe('with a hole within a stream that was accepted', () => {
    const acceptedBy = async (key: KeyObject): Promise<void> => {
      double.log.takeOut('queue-1', 3n);
      const { connectionString } = double;
      const store = await openKurrentEventStore({ connectionString, acceptLoss: true });
      const losses = await acceptLoss(store, key, { hasRowPositions: false, head: null });
      expect(losses).toContain('Event 3 of queue-1 is missing.');
      await store.close();
    };
    const statusOnAnotherNode = async (): Promise<string> => {
      const verifiedFile = `${headFile}-of-another-node`;
      const store = await openKurrentEventStore({ connectionString: double.connectionString, verifiedFile });
      const { status } = store.integrity();
      await store.close();
      return status;
    };

    it('takes more on a node that has noted nothing of its check yet', async () => {
      await acceptedBy(privateKey);
      expect(await statusOnAnotherNode()).toBe('whole');
    });

    it('takes more on a node whose note is older than that', async () => {
      writeFileSync(`${headFile}-of-another-node`, `${double.log.all[1]?.position}/${double.log.all[1]?.position}\n`);
      await acceptedBy(privateKey);
      expect(await statusOnAnotherNode()).toBe('whole');
    });

    it('by another key than the one that signs it is read-only', async () => {
      await acceptedBy(makeSigningKey());
      expect(await statusOnAnotherNode()).toBe('damaged');
    });
  });

  it('whose cut end was accepted takes more, though the node was killed before it had noted that', async () => {
    double.log.lose(2);
    const files = { connectionString: double.connectionString, headFile };
    const noted = readFileSync(headFile, 'utf8');
    const accepting = await openKurrentEventStore({ ...files, acceptLoss: true });
    const losses = await acceptLoss(accepting, privateKey, { hasRowPositions: false, head: readHead(headFile) });
    expect(losses.join(' ')).toContain('had been written');
    await accepting.close();
    writeFileSync(headFile, noted);
    const after = await openKurrentEventStore(files);
    expect(after.integrity().status).toBe('whole');
    await after.close();
  });
});
