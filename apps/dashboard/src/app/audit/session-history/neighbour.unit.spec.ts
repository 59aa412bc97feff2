import { describe, expect, it } from '@jest/globals';
import { neighbour } from './neighbour';

const shown = [0, 3, 4, 9];

describe('event by event', () => {
  it('goes to the next one that is shown', () => {
    expect(neighbour(shown, 3, 'next')).toBe(4);
    expect(neighbour(shown, 3, 'previous')).toBe(0);
  });

  it('goes on from an event that the filter hides', () => {
    expect(neighbour(shown, 6, 'next')).toBe(9);
    expect(neighbour(shown, 6, 'previous')).toBe(4);
  });

  it('stops at the ends', () => {
    expect(neighbour(shown, 9, 'next')).toBeUndefined();
    expect(neighbour(shown, 0, 'previous')).toBeUndefined();
    expect(neighbour([], 0, 'last')).toBeUndefined();
  });

  it('goes to the first and the last', () => {
    expect(neighbour(shown, 4, 'first')).toBe(0);
    expect(neighbour(shown, 4, 'last')).toBe(9);
  });
});
