/** The times of a session's events in the log's order, in milliseconds since 1970, never going back. */
export type Tape = readonly number[];

export const speeds = [1, 4, 16] as const;
export type Speed = (typeof speeds)[number];

/** What a clock of the past is set to. */
export interface PlaySettings {
  readonly speed: Speed;
  /** Whether to go quickly over times in which nothing happens. */
  readonly skipPauses: boolean;
}

/** A wait without events that is longer than this, as seen by whoever looks on, is a pause. */
const pauseMs = 5_000;
/** So much of a pause is still played at its beginning and at its end. */
const leadMs = 1_000;

/** Computers' clocks can go back a little; a tape does not. */
export function tapeOf(instants: readonly string[]): Tape {
  let last = -Infinity;
  return instants.map((instant) => (last = Math.max(last, Date.parse(instant))));
}

/** Index of the last event that has happened at a time; 0 before all of them, -1 of an empty tape. */
export function eventAt(tape: Tape, at: number): number {
  let [low, high] = [0, tape.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((tape[middle] ?? Infinity) <= at) low = middle;
    else high = middle - 1;
  }
  return high;
}

/** Where the clock stands `elapsedMs` of the looker's time later. It stops at the last event. */
export function advanced(tape: Tape, at: number, elapsedMs: number, settings: PlaySettings): number {
  const end = tape.at(-1) ?? at;
  const goal = Math.min(at + elapsedMs * settings.speed, end);
  return settings.skipPauses ? afterPause(tape, goal, settings.speed) : goal;
}

/** Inside a pause and past its beginning: shortly before its end. */
function afterPause(tape: Tape, at: number, speed: Speed): number {
  const index = eventAt(tape, at);
  const [begin, end] = [tape[index], tape[index + 1]];
  if (begin === undefined || end === undefined || end - begin <= pauseMs * speed) return at;
  const [lead, tail] = [begin + leadMs * speed, end - leadMs * speed];
  return at >= lead && at < tail ? tail : at;
}
