import { expect, it } from '@jest/globals';
import { meterValue, rootMeanSquare } from './level';

it('shows decibels: full at 1, half at -30 dB, nothing at -60 dB and below', () => {
  expect(meterValue(1)).toBe(1);
  expect(meterValue(10 ** (-30 / 20))).toBeCloseTo(0.5, 6);
  expect(meterValue(0.001)).toBeCloseTo(0, 6);
  expect([meterValue(0), meterValue(0.0001), meterValue(Number.NaN)]).toEqual([0, 0, 0]);
});

it('measures a sine at its amplitude over the root of two', () => {
  const sine = Float32Array.from({ length: 480 }, (_, index) => 0.5 * Math.sin((index / 48) * 2 * Math.PI));
  expect(rootMeanSquare(sine)).toBeCloseTo(0.5 / Math.SQRT2, 4);
});
