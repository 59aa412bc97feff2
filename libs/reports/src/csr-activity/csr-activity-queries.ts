import type { Position } from '@deskside/event-store';
import type { Rows, SealedField } from '@deskside/read-model';
import type { CsrActivityColumn, CsrActivityQueries, CsrActivityRow, ReportedNote } from './csr-activity';
import { added, figuresOf, noDurations, nothing } from './figures';
import type { CsrSums, DurationSums } from './figures';
import { inSessionBySlot, slotMs } from './in-session';
import { sharesSql } from './session-shares';

/** `wanted` is a JSON array of CSRs; `null` lets all through. */
const wantedCsr = (column: string): string => `(?1 = 'null' OR ${column} IN (SELECT value FROM json_each(?1)))`;
const inSlots = `slot >= CAST(?2 AS INTEGER) / ${slotMs} AND slot < CAST(?3 AS INTEGER) / ${slotMs}`;

const counts = `SELECT csr, sum(in_session) AS inSession, sum(asked) AS asked, sum(granted) AS granted
  FROM activity WHERE ${wantedCsr('csr')} AND ${inSlots} GROUP BY csr`;
const durations = `SELECT csr, measure, sum(count) AS count, sum(total) AS total, min(shortest) AS shortest,
  max(longest) AS longest FROM duration WHERE ${wantedCsr('csr')} AND ${inSlots} GROUP BY csr, measure`;
const bins = `SELECT csr, measure, bin, sum(count) AS count FROM duration_bin
  WHERE ${wantedCsr('csr')} AND ${inSlots} GROUP BY csr, measure, bin ORDER BY bin`;
const slots = `SELECT slot, sum(sessions) AS sessions, sum(ms) AS ms FROM (
    SELECT slot, 0 AS sessions, in_session AS ms, csr FROM activity
    UNION ALL SELECT slot, count, 0, csr FROM duration WHERE measure = 'timeInSession'
  ) WHERE ${wantedCsr('csr')} AND ${inSlots} GROUP BY slot`;

/** Sessions still open, up to the time of the position (?4): what the roll-ups do not have yet. */
const openStays = `SELECT person_id, max(joined_at, CAST(?2 AS INTEGER)), min(CAST(?4 AS INTEGER), CAST(?3 AS INTEGER))
  FROM participant WHERE serves = 1 AND left_at IS NULL AND ${wantedCsr('person_id')}`;
const open = `SELECT live.csr, live.slot, live.ms - coalesce(a.in_session, 0) AS ms
  FROM (${inSessionBySlot(openStays, 'coalesce(p.left_at, CAST(?4 AS INTEGER))')}) live
  LEFT JOIN activity a ON a.csr = live.csr AND a.slot = live.slot`;

const notes = `SELECT n.csr, n.session_id AS sessionId, s.number, n.note_id AS noteId, max(n.version) AS version,
    n.saved_at AS savedAt, n.text FROM note n JOIN session s ON s.id = n.session_id
  WHERE ${wantedCsr('n.csr')} AND n.saved_at >= ?2 AND n.saved_at < ?3
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
type NoteRow = Omit<ReportedNote, 'savedAt' | 'text'> & { readonly savedAt: number; readonly text: string | null };
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
      const asked: Asked = [JSON.stringify(csrs), span.from, span.to];
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
  for (const { csr, measure, ...of } of file.all<Measured>(durations, ...asked))
    add(csr, { [measure]: { ...of, bins: [] } });
  const byMeasure = Map.groupBy(file.all<Binned>(bins, ...asked), ({ csr, measure }) => `${measure} ${csr}`);
  for (const binned of byMeasure.values()) {
    const [first] = binned;
    if (first !== undefined) add(first.csr, { [first.measure]: { ...noDurations, bins: binned } });
  }
  return sums;
}

function notesOf(file: Rows, asked: Asked): readonly ReportedNote[] {
  return file.all<NoteRow>(notes, ...asked).map((row) => ({
    ...row,
    savedAt: new Date(row.savedAt).toISOString(),
    text: row.text === null ? null : (JSON.parse(row.text) as SealedField),
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
  asked: Asked,
  { begins, opened }: { readonly begins: readonly number[]; readonly opened: readonly OpenSlot[] },
): readonly CsrActivityColumn[] {
  const columns = begins.map((from) => ({ from, sessions: 0, inSession: 0 }));
  const columnOf = (slot: number): (typeof columns)[number] | undefined => columns[lastAtMost(begins, slot * slotMs)];
  for (const { slot, sessions, ms } of file.all<{ slot: number; sessions: number; ms: number }>(slots, ...asked)) {
    const column = columnOf(slot);
    if (column === undefined) continue;
    column.sessions += sessions;
    column.inSession += ms;
  }
  for (const { slot, ms } of opened) {
    const column = columnOf(slot);
    if (column !== undefined) column.inSession += ms;
  }
  return columns;
}

/** Index of the last that is not over `value`, by halving; -1 when all are. */
function lastAtMost(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
