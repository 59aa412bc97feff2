import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { StreamName } from '../event-store';
import { firstInLogFile } from './found-log';
import { openLogForWriting } from './log-schema';
import { summariseLogFile } from './log-summary';

const stream = 'site' as StreamName;

describe('the first event of a stream, in a log that nobody has open,', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deskside-rest-'));
    file = join(folder, 'log.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function make(revisions: readonly number[]): void {
    const db = openLogForWriting(file);
    db.exec(`INSERT INTO stream VALUES (1, '${stream}'); INSERT INTO type VALUES (1, 'x')`);
    const insert = db.prepare('INSERT INTO event VALUES (?, 1, ?, 1, ?, zeroblob(32), ?)');
    for (const revision of revisions)
      insert.run(revision + 1, revision, Buffer.alloc(16, revision), `body ${revision}`);
    db.close();
  }

  it.each([
    ['is there', [0, 1], 'body 0'],
    ['is the first of those that are left', [1, 2], 'body 1'],
    ['is not there', [], null],
  ])('%s, whoever asks', (_, revisions, body) => {
    make(revisions);
    const before = readdirSync(folder);
    expect(firstInLogFile(file, stream)).toEqual(body === null ? null : { body });
    expect(summariseLogFile(file, stream)).toMatchObject({ firstBody: body, events: (revisions.at(-1) ?? -1) + 1 });
    expect(readdirSync(folder)).toEqual(before);
  });

  it('is not asked of what is no log', () => {
    expect(firstInLogFile(file, stream)).toBeNull();
    writeFileSync(file, 'no log'.repeat(100));
    expect(firstInLogFile(file, stream)).toBeUndefined();
    expect(() => summariseLogFile(file, stream)).toThrow(expect.objectContaining({ code: 'LOG_UNREADABLE' }));
  });
});
