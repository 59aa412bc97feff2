import { expect, it } from '@jest/globals';
import { figuresBetween, readingOf } from './figures';

const inbound = {
  ...{ type: 'inbound-rtp', kind: 'video', frameWidth: 1280, frameHeight: 720 },
  ...{ bytesReceived: 1000, framesDecoded: 10, totalProcessingDelay: 0.4 },
};
const pair = { type: 'candidate-pair', nominated: true, state: 'succeeded', currentRoundTripTime: 0.02 };

it('gives size, rate and delay of the time between two readings', () => {
  const before = readingOf([inbound, pair], 1000);
  const after = readingOf([{ ...inbound, framesDecoded: 40, totalProcessingDelay: 1.9 }, pair], 3000);
  if (before === null || after === null) throw new Error('nothing read');
  expect(figuresBetween(before, after)).toEqual({ width: 1280, height: 720, fps: 15, roundTripMs: 20, delayMs: 60 });
});

it('knows no delay while nothing comes, and no round trip before there is one', () => {
  const reading = readingOf([inbound], 1000);
  if (reading === null) throw new Error('nothing read');
  expect(figuresBetween(reading, { ...reading, at: 2000 })).toMatchObject({ fps: 0, roundTripMs: null, delayMs: null });
});

it('reads nothing where no picture is received', () => {
  expect(readingOf([pair, { type: 'inbound-rtp', kind: 'audio' }], 1)).toBeNull();
});
