import { expect, test } from '@jest/globals';
import { plantLine, plantState } from './plant-state';

test.each([
  [{ status: 'ready', fraction: null }, null],
  [
    { status: 'preparing', fraction: 0.404 },
    { key: 'media.preparingPercent', percent: 40 },
  ],
  [
    { status: 'preparing', fraction: null },
    { key: 'media.preparing', percent: 0 },
  ],
  [
    { status: 'failed', fraction: null },
    { key: 'media.unavailable', percent: 0 },
  ],
  [
    { status: 'off', fraction: null },
    { key: 'media.unavailable', percent: 0 },
  ],
  [
    { status: 'a word of tomorrow', fraction: null },
    { key: 'media.preparing', percent: 0 },
  ],
])('%j is said as %j', (state, line) => expect(plantLine(plantState(state))).toEqual(line));
