import type { Lane, LaneName, Stretch } from './lanes';

/** A piece of a lane in hundredths of the whole clock. */
export interface DrawnStretch {
  readonly left: number;
  readonly width: number;
  readonly kind: Stretch['kind'];
}

export interface DrawnLane {
  readonly name: LaneName;
  readonly stretches: readonly DrawnStretch[];
  readonly marks: readonly number[];
}

/** Marks nearer to each other than this are one: a long chat is no thousand elements. In hundredths. */
const nearest = 0.25;

export function drawnLanes(lanes: readonly Lane[], start: number, end: number): readonly DrawnLane[] {
  const place = (at: number): number => placeOn(at, start, end);
  return lanes.map(({ name, stretches, marks }) => ({
    name,
    stretches: stretches.map(({ from, to, kind }) => ({ left: place(from), width: place(to) - place(from), kind })),
    marks: [...new Set(marks.map((at) => Math.round(place(at) / nearest) * nearest))],
  }));
}

/** Where a time stands on the clock, from 0 to 100. */
export function placeOn(at: number, start: number, end: number): number {
  if (end <= start) return 0;
  return Math.min(Math.max(((at - start) / (end - start)) * 100, 0), 100);
}
