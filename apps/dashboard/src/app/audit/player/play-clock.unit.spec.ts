import { describe, expect, it } from '@jest/globals';
import { advanced, eventAt, tapeOf } from './play-clock';

const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 20, 12, 0, 0) + seconds * 1_000).toISOString();
const start = Date.parse(at(0));
const tape = tapeOf([at(0), at(2), at(2), at(62), at(63)]);
const plain = { speed: 1, skipPauses: false } as const;
const skipping = { speed: 1, skipPauses: true } as const;
const seconds = (moment: number): number => (moment - start) / 1_000;

describe('a tape', () => {
  it('never goes back, even if a clock did', () => {
    expect(tapeOf([at(5), at(3), at(6)]).map(seconds)).toEqual([5, 5, 6]);
  });

  it('knows the last event of a moment, the later of two at the same one', () => {
    expect([-1, 0, 1.9, 2, 61.9, 62, 99].map((s) => eventAt(tape, start + s * 1_000))).toEqual([0, 0, 0, 2, 2, 3, 4]);
    expect(eventAt([], start)).toBe(-1);
  });
});

describe('the clock of the player', () => {
  it('runs as the time did', () => {
    expect(seconds(advanced(tape, start, 1_500, plain))).toBe(1.5);
  });

  it('runs four and sixteen times as fast', () => {
    expect(seconds(advanced(tape, start, 500, { ...plain, speed: 4 }))).toBe(2);
    expect(seconds(advanced(tape, start, 500, { ...plain, speed: 16 }))).toBe(8);
  });

  it('stops at the last event', () => {
    expect(seconds(advanced(tape, start, 3_600_000, plain))).toBe(63);
    expect(advanced([], start, 1_000, plain)).toBe(start);
  });

  it('plays the first and the last second of a long pause and leaves out the rest', () => {
    const into = advanced(tape, start + 2_000, 500, skipping);
    expect(seconds(into)).toBe(2.5);
    expect(seconds(advanced(tape, into, 500, skipping))).toBe(61);
    expect(seconds(advanced(tape, start + 61_000, 500, skipping))).toBe(61.5);
  });

  it('leaves short pauses as they were, counted in the time of whoever looks on', () => {
    const short = tapeOf([at(0), at(4), at(20)]);
    expect(seconds(advanced(short, start + 1_500, 100, skipping))).toBeCloseTo(1.6);
    // Sixteen seconds take one second at sixteen times the speed: no pause then.
    expect(seconds(advanced(short, start + 8_000, 100, { speed: 16, skipPauses: true }))).toBeCloseTo(9.6);
  });

  it('skips nothing when told not to', () => {
    expect(seconds(advanced(tape, start + 10_000, 1_000, plain))).toBe(11);
  });
});
