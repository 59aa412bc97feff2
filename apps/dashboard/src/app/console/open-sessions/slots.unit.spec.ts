import { describe, expect, it } from '@jest/globals';
import { assignSlots, colourOf, letterOf, readSlots, writeSlots } from './slots';

describe('the places of open sessions', () => {
  it('are given in the order of opening', () => {
    expect([...assignSlots(new Map(), ['x', 'y', 'z'])]).toEqual([
      ['x', 0],
      ['y', 1],
      ['z', 2],
    ]);
  });

  it('stay when another session is closed, and the next one takes the free place', () => {
    const three = assignSlots(new Map(), ['x', 'y', 'z']);
    const afterClose = assignSlots(three, ['x', 'z']);
    expect(afterClose.get('z')).toBe(2);
    expect(assignSlots(afterClose, ['x', 'z', 'new']).get('new')).toBe(1);
  });

  it('have a letter and a colour, the ninth the colour of the first', () => {
    expect([0, 7, 8, 25, 26].map(letterOf)).toEqual(['A', 'H', 'I', 'Z', 'A2']);
    expect([0, 7, 8].map(colourOf)).toEqual(['a', 'h', 'a']);
  });

  it('come back after a reload', () => {
    const slots = assignSlots(new Map([['y', 3]]), ['x', 'y']);
    expect(readSlots(writeSlots(slots))).toEqual(slots);
  });

  it('are none when what was stored cannot be read', () => {
    for (const text of [null, '', 'no', '{}', '[1]', '[["x",-1]]', '[["x","y"]]']) expect(readSlots(text).size).toBe(0);
  });
});
