import { describe, expect, it } from '@jest/globals';
import type { LogDamage, StreamName } from '../event-store';
import { KnownIntegrity } from './known-integrity';

const whole = { status: 'whole', verifiedUpTo: null } as const;
const told: LogDamage = { status: 'damaged', place: null, reason: 'Another place knows more events.' };
const found: LogDamage = { ...told, reason: 'The log has fewer events.' };
const named: LogDamage = {
  ...{ status: 'damaged', reason: 'Event 11 of queue-3 is missing.' },
  place: { stream: 'queue-3' as StreamName, revision: 11n, what: 'missing' },
};

describe('what is known of a log', () => {
  it.each([
    ['what the thread has named first, whatever is told later', [named], told, named],
    ['what the thread has found first, whatever is told later', [found], told, found],
    ['what the thread names later than it was found', [found, named], told, named],
    ['what has a name, when the rest is found later', [named, found], told, named],
  ])('is %s', (_, finds, tells, expected) => {
    const known = new KnownIntegrity();
    for (const find of finds) known.find(find);
    known.tell(tells);
    expect(known.current).toBe(expected);
  });

  it.each([
    ['stays what was told first', found, told],
    ['is what the thread has a name for', named, named],
  ])('%s', (_, find, expected) => {
    const known = new KnownIntegrity();
    known.find(whole);
    known.tell(told);
    expect(known.find(find)).toBe('more');
    expect(known.current).toBe(expected);
  });

  it('is news once that it is damaged, whoever says it, and then only what is found out of it', () => {
    const known = new KnownIntegrity();
    expect([known.find(whole), known.find(found), known.tell(told), known.tell(told)]).toEqual([
      ...[null, 'damage', false, false],
    ]);
    expect([known.find(named), known.find(named), known.find(told)]).toEqual(['more', null, null]);
  });

  it('is not taken back by the next thread, and is no news when that says it again', () => {
    const known = new KnownIntegrity();
    expect(known.tell(told)).toBe(true);
    known.find(whole);
    expect(known.find(told)).toBe(null);
    expect([known.find(found), known.find(found)]).toEqual(['more', null]);
    known.find(whole);
    expect(known.current).toBe(told);
  });
});
