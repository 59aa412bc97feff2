import { afterEach, describe, expect, it } from '@jest/globals';
import { inLog, rowsOfEvents } from '../testing/rows-of-events';
import type { PlainEvent, ProjectedRows } from '../testing/rows-of-events';
import type { CsrActivity } from './csr-activity';
import { csrActivityProjection } from './csr-activity-projection';
import { csrActivityQueries } from './csr-activity-queries';

const minute = 60_000;
const at = (clock: string): number => Date.parse(`2026-11-20T${clock}:00.000Z`);

type Told = (clock: string, ...more: string[]) => PlainEvent;
type Verb = 'starts' | 'joins' | 'leaves' | 'says' | 'asks' | 'grants' | 'notes' | 'ends';

/** What happens in one session; times are those of the clock in UTC. */
function story(id: string): Readonly<Record<Verb, Told>> {
  const stream = `supportSession-${id}`;
  const event =
    (type: string, payloadOf: (...more: string[]) => Record<string, unknown>): Told =>
    (clock, ...more) => ({ stream, type, at: at(clock), payload: payloadOf(...more) });
  return {
    starts: event('SessionStarted', () => ({ number: '482913057', representativeId: 'csr-a' })),
    joins: event('ParticipantJoined', (participantId, personId, role) => ({ participantId, personId, role })),
    leaves: event('ParticipantLeft', (participantId) => ({ participantId })),
    says: event('ChatMessageSent', (authorId, to = 'all') => ({ authorId, to })),
    asks: event('PermissionRequested', (requestId, requestedBy) => ({ requestId, requestedBy })),
    grants: event('PermissionGranted', (requestId) => ({ requestId, resumes: null })),
    notes: event('NoteSaved', (noteId, version, authorId) => ({
      ...{ noteId, version: Number(version), authorId },
      text: { subject: stream, class: 'content', nonce: 'n', ciphertext: `${noteId} ${version}` },
    })),
    ends: event('SessionEnded', () => ({})),
  };
}

describe('the roll-ups of CSR activity', () => {
  let rows: ProjectedRows | undefined;
  const report = (events: readonly PlainEvent[], from: string, to: string, columns: string[] = []): CsrActivity => {
    rows = rowsOfEvents(csrActivityProjection, inLog(events));
    return csrActivityQueries(rows).report({ from: at(from), to: at(to) }, null, columns.map(at));
  };
  afterEach(() => rows?.close());

  const s1 = story('s1');
  const one = [s1.starts('05:23'), s1.joins('05:23', 'p1', 'csr-a', 'primaryRepresentative')];

  it('split one contact from 05:23 to 06:15 into 7, 30 and 15 minutes by wall clock, 0, 0 and 52 by completion', () => {
    const events = [...one, s1.ends('06:15')];
    const halfHours = ['05:00', '05:30', '06:00'];
    const { columns } = report(events, '05:00', '06:30', halfHours);
    expect(columns.map(({ inSession }) => inSession / minute)).toEqual([7, 30, 15]);
    expect(columns.map(({ sessions }) => sessions)).toEqual([0, 0, 1]);
    const ends = ['05:30', '06:00', '06:30'];
    const byCompletion = halfHours.map((from, n) => report(events, from, ends[n] ?? '').total.timeInSession);
    expect(byCompletion.map(({ total }) => (total ?? 0) / minute)).toEqual([0, 0, 52]);
  });

  it('have dashes where nothing was measured or asked', () => {
    const { rows: none, total, position } = report([], '00:00', '06:00');
    expect(none).toEqual([]);
    expect(position).toBeNull();
    const durations = { count: 0, total: null, average: null, shortest: null, longest: null, median: null };
    expect(total).toEqual({
      ...{ sessions: 0, inSession: 0, consentsAsked: 0, consentsGranted: 0, grantRate: null },
      ...{ timeInSession: durations, firstResponse: durations },
    });
  });

  it('count a session without a customer, which has no first response', () => {
    const lines = [s1.says('05:24', 'p1'), s1.ends('06:15')];
    const { total } = report([...one, ...lines], '05:00', '07:00');
    expect(total).toMatchObject({ sessions: 1, firstResponse: { count: 0, average: null } });
  });

  it('take the first line that a customer could read after he was in, of whichever CSR', () => {
    const events = [
      ...[...one, s1.says('05:24', 'p1'), s1.joins('05:30', 'p2', 'ana', 'primaryCustomer')],
      ...[s1.joins('05:31', 'p3', 'csr-b', 'assistingRepresentative'), s1.says('05:32', 'p1', 'p3')],
      ...[s1.says('05:33', 'p2'), s1.says('05:34', 'p3', 'p2'), s1.says('05:35', 'p1')],
      ...[s1.leaves('05:40', 'p3'), s1.ends('06:00')],
    ];
    const { rows: found } = report(events, '05:00', '07:00');
    expect(found.map(({ csr, sessions, firstResponse }) => [csr, sessions, firstResponse.total])).toEqual([
      ['csr-a', 1, null],
      ['csr-b', 1, 4 * minute],
    ]);
    expect(found.map(({ timeInSession }) => (timeInSession.total ?? 0) / minute)).toEqual([37, 9]);
  });

  it('count a granted question where it was asked, so that no rate is over 1', () => {
    const events = [
      ...[...one, s1.asks('05:29', 'q1', 'p1'), s1.asks('05:30', 'q2', 'p1')],
      ...[s1.grants('05:31', 'q1'), s1.grants('05:32', 'q1')],
    ];
    expect(report(events, '05:15', '05:30').total).toMatchObject({ consentsGranted: 1, grantRate: 1 });
    expect(report(events, '05:30', '06:00').total).toMatchObject({ consentsAsked: 1, grantRate: 0 });
  });

  it('count an open session up to the last event of any session, however often they are asked', () => {
    const other = story('s2');
    const events = [
      ...[...one, other.starts('05:30'), other.joins('05:30', 'p9', 'csr-b', 'primaryRepresentative')],
      other.says('05:50', 'p9'),
    ];
    const first = report(events, '05:00', '07:00', ['05:00', '06:00']);
    expect(first.rows.map(({ csr, inSession }) => [csr, inSession / minute])).toEqual([
      ['csr-a', 27],
      ['csr-b', 20],
    ]);
    expect(first.columns.map(({ inSession }) => inSession / minute)).toEqual([47, 0]);
    expect(first.position).toBe(String(events.length));
    expect(JSON.stringify(report(events, '05:00', '07:00', ['05:00', '06:00']))).toBe(JSON.stringify(first));
  });

  it('show of each note the latest version of the range', () => {
    const events = [
      ...[...one, s1.notes('05:25', 'n1', '1', 'csr-a'), s1.notes('05:26', 'n2', '1', 'csr-a')],
      ...[s1.notes('05:27', 'n1', '2', 'csr-a'), s1.notes('06:05', 'n1', '3', 'csr-a')],
    ];
    const texts = report(events, '05:15', '06:00').rows[0]?.notes.map(({ text }) => text);
    expect(texts).toMatchObject([{ sealed: { ciphertext: 'n2 1' } }, { sealed: { ciphertext: 'n1 2' } }]);
    expect(report(events, '06:00', '07:00').rows[0]?.notes).toMatchObject([
      { noteId: 'n1', version: 3, number: '482913057', savedAt: '2026-11-20T06:05:00.000Z' },
    ]);
  });

  it('tell a note that was erased before it was written from one that cannot be read', () => {
    const noted = (n: number, text: unknown): PlainEvent => {
      const note = s1.notes('05:25', `n${n}`, '1', 'csr-a');
      return { ...note, payload: { ...note.payload, text } };
    };
    const events = [
      ...one,
      ...[{ erased: true }, { unreadable: true }, 'in the clear', 7].map((text, n) => noted(n, text)),
    ];
    const texts = report(events, '05:15', '06:00').rows[0]?.notes.map(({ text }) => text);
    expect(texts).toEqual([{ erased: true }, { unreadable: true }, { unreadable: true }, { unreadable: true }]);
  });
});
