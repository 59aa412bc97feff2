import { describe, expect, it } from '@jest/globals';
import { qualityText } from './quality-text';

const t = (key: string, values = {}): string => `${key} ${JSON.stringify(values)}`;

describe('the quality of a picture in words', () => {
  it('is nothing before there is a picture', () => {
    expect(qualityText(null, t)).toBeNull();
    expect(qualityText({ fps: 0, delayMs: 4, roundTripMs: 4 }, t)).toBeNull();
  });

  it('is frames and delay, both whole', () => {
    const figures = { fps: 14.6, delayMs: 96.4, roundTripMs: 3 };
    expect(qualityText(figures, t)).toBe('console.screen.quality {"fps":15,"ms":96}');
  });

  it('has the round trip where the delay is not known, and frames alone where neither is', () => {
    expect(qualityText({ fps: 15, delayMs: null, roundTripMs: 12 }, t)).toBe(
      'console.screen.quality {"fps":15,"ms":12}',
    );
    expect(qualityText({ fps: 15, delayMs: null, roundTripMs: null }, t)).toBe('console.screen.fps {"fps":15}');
  });
});
