import { describe, expect, it } from '@jest/globals';
import { growthOf, percentile } from './figures';
import type { ProcessSample } from './process-sample';

const megabyte = 1e6;
const life = (
  many: number,
  memoryAt: (n: number) => number,
  filesAt: (n: number) => number = () => 90,
): ProcessSample[] =>
  Array.from({ length: many }, (_, n) => ({ memory: memoryAt(n) * megabyte, files: filesAt(n), sockets: 0 }));

describe('growth from the middle third of a life to the last', () => {
  it('says nothing of a life that was too short', () => {
    expect(
      growthOf(
        life(5, () => 300),
        'memory',
      ),
    ).toBeNull();
  });

  it('is none when memory goes up and down, or went up at first', () => {
    expect(
      growthOf(
        life(30, (n) => 300 + (n % 3) * 80),
        'memory',
      ),
    ).toMatchObject({ isFlat: true });
    expect(
      growthOf(
        life(30, (n) => 200 + Math.min(n, 9) * 15),
        'memory',
      ),
    ).toMatchObject({ isFlat: true });
  });

  it('of a fifth is a leak, with the collector at work as well', () => {
    const leaking = life(30, (n) => 300 + n * 8 + (n % 3) * 40);
    expect(growthOf(leaking, 'memory')).toEqual({ middle: 396e6, last: 468e6, isFlat: false });
  });

  it('of a few files is none, of many is a leak', () => {
    const files = (perSample: number): ProcessSample[] =>
      life(
        30,
        () => 300,
        (n) => 90 + n * perSample,
      );
    expect(growthOf(files(0.5), 'files')).toMatchObject({ isFlat: true });
    expect(growthOf(files(5), 'files')).toMatchObject({ isFlat: false });
  });
});

describe('percentile', () => {
  it('is the nearest value, in whatever order they come', () => {
    const values = Array.from({ length: 200 }, (_, n) => 200 - n);
    expect([percentile(values, 0.99), percentile(values, 0.5), percentile([], 0.5)]).toEqual([198, 100, null]);
  });
});
