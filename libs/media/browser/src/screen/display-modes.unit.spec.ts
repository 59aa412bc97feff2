import { expect, it } from '@jest/globals';
import { captureConstraints, displayModes, encodings, publishOptions, scaleDown, widestCapture } from './display-modes';

it('publishes one full-resolution VP8 layer in every mode', () => {
  for (const mode of displayModes)
    expect(publishOptions(mode)).toMatchObject({ simulcast: false, videoCodec: 'vp8', backupCodec: false });
});

it('sends Standard sharp and Screen sampling fast', () => {
  expect(publishOptions('standard')).toMatchObject({
    videoEncoding: { maxBitrate: 2_500_000, maxFramerate: 15 },
    degradationPreference: 'maintain-resolution',
  });
  expect(publishOptions('sampling')).toMatchObject({
    videoEncoding: { maxBitrate: 800_000, maxFramerate: 20 },
    degradationPreference: 'maintain-framerate',
  });
  expect(displayModes.map((mode) => encodings[mode].contentHint)).toEqual(['detail', 'motion']);
});

it('asks the picker for enough for both modes, so that a change needs no new prompt', () => {
  for (const mode of displayModes) {
    const { width, height, frameRate } = encodings[mode];
    expect(widestCapture.width.ideal).toBeGreaterThanOrEqual(width);
    expect(widestCapture.height.ideal).toBeGreaterThanOrEqual(height);
    expect(widestCapture.frameRate.max).toBeGreaterThanOrEqual(frameRate);
  }
});

it('holds a capture to maxima only, which keep its shape', () => {
  expect(captureConstraints('sampling')).toEqual({
    width: { max: 960 },
    height: { max: 540 },
    frameRate: { ideal: 20, max: 20 },
  });
});

it('lets the encoder make smaller what the capture did not', () => {
  expect(scaleDown('sampling', { width: 1920, height: 1080 })).toBe(2);
  expect(scaleDown('sampling', { width: 1080, height: 1920 })).toBeCloseTo(3.556, 3);
  expect(scaleDown('sampling', { width: 960, height: 540 })).toBe(1);
  expect(scaleDown('standard', { width: 1280, height: 720 })).toBe(1);
  expect(scaleDown('standard', {})).toBe(1);
});
