import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { LogIntegrity } from '../event-store';
import { lastOf3, LogUnderAttack, position, stream } from './log-under-attack';
import { LogVerifier } from './log-verifier';

const log = new LogUnderAttack();
beforeAll(() => log.make());
beforeEach(() => log.putBack());
afterAll(() => log.remove());

/** A start finds what is missing before it verifies anything: this is what happens while a server runs. */
function verified(): LogIntegrity {
  const db = new DatabaseSync(log.file);
  const verifier = new LogVerifier(db, 0n);
  verifier.step(1000);
  db.close();
  return verifier.integrity;
}

function placeOf(name: string, revision: number): number {
  const db = new DatabaseSync(log.file, { readOnly: true });
  const row = db.prepare(`SELECT ${position(name, revision)} AS place`).get();
  db.close();
  return Number(row?.['place']);
}

describe('events that went missing while their log was in use', () => {
  it('are named by their place, where nothing says which they were, and no other event is called changed', () => {
    const place = placeOf('queue-3', 11);
    log.tamper(lastOf3);
    const reason = `Position ${place} is empty: the event there is missing.`;
    expect(verified()).toEqual({ status: 'damaged', place: null, reason });
  });

  it('are named where the event behind one of them comes first', () => {
    const [from, to] = [placeOf('queue-3', 5), placeOf('queue-3', 6) - 1];
    log.tamper(`DELETE FROM event WHERE position BETWEEN ${from} AND ${to}`);
    expect(verified()).toMatchObject({ place: { stream: 'queue-3', revision: 5n, what: 'missing' } });
  });

  it('are one gap where more than one is missing', () => {
    const last = placeOf('queue-3', 11);
    log.tamper(`${lastOf3}; DELETE FROM event WHERE stream = ${stream('queue-4')} AND revision = 11`);
    expect(verified()).toMatchObject({
      reason: `Positions ${last} to ${last + 1} are empty: the events there are missing.`,
    });
  });
});
