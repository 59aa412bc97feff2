import { describe, expect, it } from '@jest/globals';
import { drawnLanes, placeOn } from './drawn-lanes';

describe('lanes on the clock', () => {
  it('are drawn in hundredths of it', () => {
    const lanes = [{ name: 'consent', stretches: [{ from: 25, to: 75, kind: 'live' }], marks: [0, 50, 100] }] as const;
    expect(drawnLanes(lanes, 0, 100)).toEqual([
      { name: 'consent', stretches: [{ left: 25, width: 50, kind: 'live' }], marks: [0, 50, 100] },
    ]);
  });

  it('have no more marks than an eye can tell apart', () => {
    const marks = Array.from({ length: 10_000 }, (_, at) => at);
    expect(drawnLanes([{ name: 'chat', stretches: [], marks }], 0, 9_999)[0]?.marks).toHaveLength(401);
  });

  it('stand at the beginning when everything happened at once', () => {
    expect(placeOn(5, 5, 5)).toBe(0);
  });
});
