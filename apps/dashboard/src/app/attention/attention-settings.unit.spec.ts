import { describe, expect, it } from '@jest/globals';
import { readChoice } from './attention-settings';

describe('how somebody wants to be called', () => {
  it('is the usual way at first, and when what was stored cannot be read', () => {
    for (const text of [null, '', 'no', 'null']) {
      expect(readChoice(text).ways.message).toEqual({ sound: true, notification: true });
      expect(readChoice(text).volume).toBeGreaterThan(0);
    }
  });

  it('is as chosen, also silent, and the usual way for kinds that are newer', () => {
    const choice = readChoice(JSON.stringify({ volume: 0, ways: { message: { sound: false } } }));
    expect(choice.volume).toBe(0);
    expect(choice.ways.message).toEqual({ sound: false, notification: true });
    expect(choice.ways.asks).toEqual({ sound: true, notification: true });
  });
});
