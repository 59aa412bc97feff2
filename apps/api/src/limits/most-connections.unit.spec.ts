import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { holdings } from './limits';
import { mostConnections, openFilesOfThisProcess } from './most-connections';

describe('the connections that a process may have', () => {
  it.each([
    [1024, 349],
    [20_000, 13_000],
    [65_536, holdings.connections],
    [256, 1],
  ])('with %p descriptors are %p', (openFiles, most) => {
    expect(mostConnections(openFiles)).toBe(most);
  });

  it('are told by the system itself', () => {
    const [, soft] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    expect(openFilesOfThisProcess()).toBe(Number(soft));
  });
});
