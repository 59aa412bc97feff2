import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeSigningKey, SealedStream, startSigner } from '../contract';
import type { EventLogReader } from '../event-store';
import { openSqliteEventStore, openSqliteLogReader } from '../sqlite';
import { auditLog } from './audit-log';
import { sentenceOf } from './finding';

jest.setTimeout(60_000); // bounds a hang, measures nothing

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'deskside-audit-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A log with checkpoints that lacks one of its events. */
async function holedLog(): Promise<EventLogReader> {
  const file = join(folder, 'log.db');
  const store = await openSqliteEventStore({ file });
  const signer = await startSigner(store, makeSigningKey(), { everyEvents: 10, afterMs: 3_600_000 });
  const stream = new SealedStream('queue-1');
  for (let at = 0; at < 40; at++) await store.append(stream.name, [stream.seal()], 'any');
  await signer.close(10_000);
  await store.close();
  const db = new DatabaseSync(file);
  db.exec('DELETE FROM event WHERE position = 3');
  db.close();
  return openSqliteLogReader({ file });
}

describe('the audit of a log', () => {
  it('pauses after each page, also while it names what is missing', async () => {
    const log = await holedLog();
    const steps: string[] = [];
    const note = (step: string, events: readonly unknown[]): void => void (events.length > 0 && steps.push(step));
    const reader: Parameters<typeof auditLog>[0] = {
      head: () => log.head(),
      comparePositions: (a, b) => log.comparePositions(a, b),
      readAll: async (options) => {
        const page = await log.readAll(options);
        note('events', page.events);
        return page;
      },
      readStream: async (stream, options) => {
        const events = await log.readStream(stream, options);
        note('states', events);
        return events;
      },
    };
    const pause = async (): Promise<void> => void steps.push('pause');
    const known = { hasRowPositions: true, head: null, elsewhere: null };
    const { findings } = await auditLog(reader, { ...known, pageSize: 5, pause });
    await log.close();
    expect(findings.map(sentenceOf)).toContain('Event 2 of queue-1 is missing.');
    // Once for what was accepted, once for what was signed, once for the lists.
    expect(steps.filter((step) => step === 'states')).toHaveLength(3);
    for (const kind of ['events', 'states']) {
      const ofKind = steps.filter((step) => step === kind || step === 'pause').join(' ');
      expect(ofKind).not.toContain(`${kind} ${kind}`);
    }
    expect(steps.slice(steps.lastIndexOf('states')).filter((step) => step === 'events').length).toBeGreaterThan(1);
  });
});
