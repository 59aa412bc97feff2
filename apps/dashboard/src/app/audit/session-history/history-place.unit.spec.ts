import { describe, expect, it } from '@jest/globals';
import { parsePlace, writePlace } from './history-place';

describe('a place in a history', () => {
  it('is a session at an event', () => {
    expect(parsePlace('abc@37')).toEqual({ sessionId: 'abc', revision: 37 });
    expect(writePlace({ sessionId: 'abc', revision: 0 })).toBe('abc@0');
  });

  it('is the session alone without one, or with one that is no number', () => {
    for (const text of ['abc', 'abc@', 'abc@x', 'abc@-1', 'abc@1e3']) expect(parsePlace(text).revision).toBeNull();
    expect(writePlace({ sessionId: 'abc', revision: null })).toBe('abc');
  });
});
