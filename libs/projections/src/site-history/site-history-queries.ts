import type { Actor } from '@deskside/domain';
import type { Position } from '@deskside/event-store';
import type { ReadConnection } from '../main/read-connection';
import type { SiteHistoryQueries, SiteHistoryRow } from './site-history-row';

const columns = `SELECT place, position, id, stream, revision, type, occurred_at AS occurredAt,
  actor_kind AS actorKind, actor_id AS actorId FROM history`;

type Row = Omit<SiteHistoryRow, 'actor'> & {
  readonly place: number;
  readonly actorKind: Actor['kind'];
  readonly actorId: string;
};

function toRow({ place: _, actorKind, actorId, ...row }: Row): SiteHistoryRow {
  return { ...row, actor: { kind: actorKind, id: actorId } };
}

export function siteHistoryQueries(file: ReadConnection): SiteHistoryQueries {
  const placeOf = (position: Position): number =>
    file.all<{ place: number }>('SELECT place FROM history WHERE position = ?', position)[0]?.place ?? 0;
  const newest = (before: number, limit: number): readonly Row[] =>
    file.all<Row>(`${columns} WHERE place < ? ORDER BY place DESC LIMIT ?`, before, limit);
  // Each type by its own range of the index: one query over several types would sort all their rows.
  const newestOf = (types: readonly string[], before: number, limit: number): readonly Row[] =>
    [...new Set(types)]
      .flatMap((type) =>
        file.all<Row>(`${columns} WHERE type = ? AND place < ? ORDER BY place DESC LIMIT ?`, type, before, limit),
      )
      .sort((a, b) => b.place - a.place)
      .slice(0, limit);
  return {
    page: ({ before, types, limit }) => {
      const end = before == null ? Number.MAX_SAFE_INTEGER : placeOf(before);
      const found = types == null ? newest(end, limit + 1) : newestOf(types, end, limit + 1);
      const rows = found.slice(0, limit).map(toRow);
      return { rows, olderBefore: found.length > limit ? (rows.at(-1)?.position ?? null) : null };
    },
  };
}
