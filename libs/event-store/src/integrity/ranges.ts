interface Range {
  readonly from: bigint;
  readonly to: bigint;
}

/** Positions that follow one another for the same reason, as one. */
export function rangesOf(unread: ReadonlyMap<bigint, string>): readonly (Range & { readonly why: string })[] {
  const ranges: { from: bigint; to: bigint; why: string }[] = [];
  const sorted = [...unread].sort(([a], [b]) => Number(a - b));
  for (const [position, why] of sorted) {
    const last = ranges.at(-1);
    if (last?.to === position - 1n && last.why === why) last.to = position;
    else ranges.push({ from: position, to: position, why });
  }
  return ranges;
}

/** The positions between these two, apart: those where an event stands that cannot be read, and those where none does. */
export function holesBetween(
  before: bigint,
  behind: bigint,
  unread: ReadonlyMap<bigint, string>,
): readonly (Range & { readonly isUnread: boolean })[] {
  const holes: (Range & { isUnread: boolean })[] = [];
  let next = before + 1n;
  const empty = (to: bigint): void => {
    if (next <= to) holes.push({ from: next, to, isUnread: false });
  };
  for (const { from, to } of rangesOf(unread)) {
    if (to < next || from >= behind) continue;
    empty(from - 1n);
    holes.push({ from, to, isUnread: true });
    next = to + 1n;
  }
  empty(behind - 1n);
  return holes;
}
