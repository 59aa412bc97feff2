import { describe, expect, it } from '@jest/globals';
import { holdings } from './limits';
import { mostConnections } from './most-connections';

describe('the connections that a process may have', () => {
  it.each([
    [1024, 349],
    [20_000, 13_000],
    [65_536, holdings.connections],
    [256, 1],
  ])('with %p descriptors are %p', (openFiles, most) => {
    expect(mostConnections(openFiles)).toBe(most);
  });

  it('are known of this one', () => {
    expect(mostConnections()).toBeGreaterThan(100);
  });
});
