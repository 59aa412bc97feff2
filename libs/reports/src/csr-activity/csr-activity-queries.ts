import type { Position } from '@deskside/event-store';
import type { Rows } from '@deskside/read-model';
import type { CsrActivityColumn, CsrActivityQueries, CsrActivityRow, ReportedNote } from './csr-activity';
import { added, figuresOf, noDurations, nothing } from './figures';
import type { CsrSums, DurationSums } from './figures';
import { inSessionBySlot, slotMs } from './in-session';
import { sharesSql } from './session-shares';

/** Of the CSRs in the JSON array ?1, from ?2 up to ?3: a short walk through each one's own rows, however many others have. */
const ofWanted = (table: string): string => `FROM json_each(?1) wanted CROSS JOIN ${table} r ON r.csr = wanted.value
  AND r.slot >= CAST(?2 AS INTEGER) / ${slotMs} AND r.slot < CAST(?3 AS INTEGER) / ${slotMs}`;

const counts = `SELECT r.csr, sum(r.in_session) AS inSession, sum(r.asked) AS asked, sum(r.granted) AS granted
  ${ofWanted('activity')} GROUP BY r.csr`;
const durations = ['timeInSession', 'firstResponse'].map(
  (measure) => `SELECT r.csr, r.measure, sum(r.count) AS count, sum(r.total) AS total, min(r.shortest) AS shortest,
    max(r.longest) AS longest ${ofWanted('duration')} AND r.measure = '${measure}' GROUP BY r.csr`,
);
const bins = ['timeInSession', 'firstResponse'].map(
  (measure) => `SELECT r.csr, r.measure, r.bin, sum(r.count) AS count
    ${ofWanted('duration_bin')} AND r.measure = '${measure}' GROUP BY r.csr, r.bin ORDER BY r.bin`,
);

/** The columns of the chart are a JSON array ?2 of pairs: from which slot up to which. */
const perColumn = (sum: string, table: string, and = ''): string => `SELECT c.key AS n, sum(${sum}) AS sum
  FROM json_each(?2) c CROSS JOIN json_each(?1) wanted CROSS JOIN ${table} r ON r.csr = wanted.value
  AND r.slot >= json_extract(c.value, '$[0]') AND r.slot < json_extract(c.value, '$[1]') ${and} GROUP BY c.key`;
const inSessionPerColumn = perColumn('r.in_session', 'activity');
const sessionsPerColumn = perColumn('r.count', 'duration', `AND r.measure = 'timeInSession'`);

/** Sessions still open, up to the time of the position (?4): what the roll-ups do not have yet. */
const openStays = `SELECT person_id, max(joined_at, CAST(?2 AS INTEGER)), min(CAST(?4 AS INTEGER), CAST(?3 AS INTEGER))
  FROM json_each(?1) wanted CROSS JOIN participant ON person_id = wanted.value AND serves = 1 AND left_at IS NULL`;
const open = `SELECT live.csr, live.slot, live.ms - coalesce(a.in_session, 0) AS ms
  FROM (${inSessionBySlot(openStays, 'coalesce(p.left_at, CAST(?4 AS INTEGER))')}) live
  LEFT JOIN activity a ON a.csr = live.csr AND a.slot = live.slot`;

const notes = `SELECT n.csr, n.session_id AS sessionId, s.number, n.note_id AS noteId, max(n.version) AS version,
    n.saved_at AS savedAt, n.text
  FROM json_each(?1) wanted CROSS JOIN note n ON n.csr = wanted.value AND n.saved_at >= ?2 AND n.saved_at < ?3
  JOIN session s ON s.id = n.session_id
  GROUP BY n.session_id, n.note_id ORDER BY n.saved_at, n.session_id, n.note_id`;

interface Counted {
  readonly csr: string;
  readonly inSession: number;
  readonly asked: number;
  readonly granted: number;
}
type Measure = 'timeInSession' | 'firstResponse';
type Measured = { readonly csr: string; readonly measure: Measure } & Omit<DurationSums, 'bins'>;
type Binned = { readonly csr: string; readonly measure: Measure; readonly bin: number; readonly count: number };
type NoteRow = Omit<ReportedNote, 'savedAt' | 'text'> & { readonly savedAt: number; readonly text: string };
interface ColumnSum {
  readonly n: number;
  readonly sum: number;
}
interface OpenSlot {
  readonly csr: string;
  readonly slot: number;
  readonly ms: number;
}

/** What the statements above are asked about. */
type Asked = readonly [wanted: string, from: number, to: number];

export function csrActivityQueries(file: Rows): CsrActivityQueries {
  return {
    report: (span, csrs, begins) => {
      const wanted = csrs ?? file.all<{ id: string }>('SELECT id FROM csr').map(({ id }) => id);
      const asked: Asked = [JSON.stringify(wanted), span.from, span.to];
      const [reached] = file.all<{ position: Position; at: number }>('SELECT position, at FROM reached');
      const opened = file.all<OpenSlot>(open, ...asked, reached?.at ?? 0);
      const sums = sumsByCsr(file, asked, opened);
      const rows = rowsOf(sums, notesOf(file, asked), csrs ?? []);
      return {
        rows,
        total: figuresOf([...sums.values()].reduce(added, nothing)),
        columns: columnsOf(file, asked, { begins, opened }),
        position: reached?.position ?? null,
      };
    },
    sessionsBehind: (figure, span, csr) => {
      const asked = [csr, span.from, span.to] as const;
      if (figure !== 'inSession') return file.all(sharesSql[figure], ...asked);
      const [reached] = file.all<{ at: number }>('SELECT at FROM reached');
      return file.all(sharesSql[figure], ...asked, reached?.at ?? 0);
    },
  };
}

function sumsByCsr(file: Rows, asked: Asked, opened: readonly OpenSlot[]): ReadonlyMap<string, CsrSums> {
  const sums = new Map<string, CsrSums>();
  const add = (csr: string, more: Partial<CsrSums>): void =>
    void sums.set(csr, added(sums.get(csr) ?? nothing, { ...nothing, ...more }));
  for (const { csr, ...counted } of file.all<Counted>(counts, ...asked)) add(csr, counted);
  for (const { csr, ms } of opened) add(csr, { inSession: ms });
  for (const { csr, measure, ...of } of durations.flatMap((sql) => file.all<Measured>(sql, ...asked)))
    add(csr, { [measure]: { ...of, bins: [] } });
  const binned = bins.flatMap((sql) => file.all<Binned>(sql, ...asked));
  const byMeasure = Map.groupBy(binned, ({ csr, measure }) => `${measure} ${csr}`);
  for (const some of byMeasure.values()) {
    const [first] = some;
    if (first !== undefined) add(first.csr, { [first.measure]: { ...noDurations, bins: some } });
  }
  return sums;
}

function notesOf(file: Rows, asked: Asked): readonly ReportedNote[] {
  return file.all<NoteRow>(notes, ...asked).map((row) => ({
    ...row,
    savedAt: new Date(row.savedAt).toISOString(),
    text: JSON.parse(row.text) as ReportedNote['text'],
  }));
}

function rowsOf(
  sums: ReadonlyMap<string, CsrSums>,
  written: readonly ReportedNote[],
  csrs: readonly string[],
): readonly CsrActivityRow[] {
  const byCsr = Map.groupBy(written, ({ csr }) => csr);
  return [...new Set([...sums.keys(), ...byCsr.keys(), ...csrs])]
    .sort()
    .map((csr) => ({ csr, ...figuresOf(sums.get(csr) ?? nothing), notes: byCsr.get(csr) ?? [] }));
}

/** The slots of each column together. */
function columnsOf(
  file: Rows,
  [wanted, , to]: Asked,
  { begins, opened }: { readonly begins: readonly number[]; readonly opened: readonly OpenSlot[] },
): readonly CsrActivityColumn[] {
  const columns = begins.map((from) => ({ from, sessions: 0, inSession: 0 }));
  const add = (n: number, more: { readonly sessions?: number; readonly inSession?: number }): void => {
    const column = columns[n];
    if (column === undefined) return;
    column.sessions += more.sessions ?? 0;
    column.inSession += more.inSession ?? 0;
  };
  const slots = begins.map((from, n) => [from / slotMs, (begins[n + 1] ?? to) / slotMs]);
  const asked = [wanted, JSON.stringify(slots)] as const;
  for (const { n, sum } of file.all<ColumnSum>(inSessionPerColumn, ...asked)) add(n, { inSession: sum });
  for (const { n, sum } of file.all<ColumnSum>(sessionsPerColumn, ...asked)) add(n, { sessions: sum });
  for (const { slot, ms } of opened)
    add(
      begins.findLastIndex((from) => from <= slot * slotMs),
      { inSession: ms },
    );
  return columns;
}
