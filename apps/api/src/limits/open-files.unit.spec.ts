import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { holdings, strangers } from './limits';
import { limitsFor, openFilesOfThisProcess } from './open-files';

describe('limits that fit what a process may open', () => {
  it.each([
    [256, 1, 1, 1],
    [1024, 349, 43, 232],
    [20_000, 13_000, 1625, 8666],
  ])('with %d descriptors are lower', (openFiles, connections, connectionsOfAddress, sockets) => {
    expect(limitsFor(openFiles).holdings).toMatchObject({ connections, connectionsOfAddress, sockets });
  });

  it('are the usual ones where there are enough, or nobody knows', () => {
    const enough = limitsFor(65_536);
    expect(holdings).toMatchObject(enough.holdings ?? {});
    expect(strangers).toMatchObject(enough.strangers ?? {});
    expect(limitsFor(undefined)).toEqual({});
  });

  it('give way to what a test or a benchmark wants', () => {
    expect(limitsFor(1024, { holdings: { connections: 7 } }).holdings).toMatchObject({ connections: 7 });
  });

  it('are found out from the system itself', () => {
    const [, soft] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    expect(openFilesOfThisProcess()).toBe(Number(soft));
  });
});
