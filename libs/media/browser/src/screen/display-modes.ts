import type { TrackPublishOptions } from 'livekit-client';

/** Standard: better image, slower. Screen sampling: faster, lower quality. */
export const displayModes = ['standard', 'sampling'] as const;
export type DisplayMode = (typeof displayModes)[number];

export interface Encoding {
  readonly contentHint: 'detail' | 'motion';
  readonly width: number;
  readonly height: number;
  /** Frames a second. */
  readonly frameRate: number;
  /** Bits a second. */
  readonly bitrate: number;
  readonly degradation: 'maintain-resolution' | 'maintain-framerate';
}

/**
 * One full-resolution VP8 layer each. Measured from capture to picture while scrolling, p50/p95: standard 107/127 ms,
 * sampling 54/72 ms; more bitrate is slower, not sharper, and VP9 or AV1 take up to a second.
 */
export const encodings: Readonly<Record<DisplayMode, Encoding>> = {
  standard: {
    ...{ contentHint: 'detail', width: 1920, height: 1080, frameRate: 15 },
    ...{ bitrate: 2_500_000, degradation: 'maintain-resolution' },
  },
  sampling: {
    ...{ contentHint: 'motion', width: 960, height: 540, frameRate: 20 },
    ...{ bitrate: 800_000, degradation: 'maintain-framerate' },
  },
};

/** What the picker is asked for: the larger of both modes, so that a change of mode needs no new prompt. */
export const widestCapture = {
  width: { ideal: encodings.standard.width },
  height: { ideal: encodings.standard.height },
  frameRate: { ideal: encodings.sampling.frameRate, max: encodings.sampling.frameRate },
} as const;

/** What a captured track is held to. Maxima keep the shape of the screen; an exact size would distort it. */
export function captureConstraints(mode: DisplayMode): MediaTrackConstraints {
  const { width, height, frameRate } = encodings[mode];
  return { width: { max: width }, height: { max: height }, frameRate: { ideal: frameRate, max: frameRate } };
}

export function publishOptions(mode: DisplayMode): TrackPublishOptions {
  const { bitrate, frameRate, degradation } = encodings[mode];
  return {
    simulcast: false,
    videoCodec: 'vp8',
    backupCodec: false,
    videoEncoding: { maxBitrate: bitrate, maxFramerate: frameRate },
    degradationPreference: degradation,
  };
}

/**
 * By how much the encoder makes the picture smaller: 1 when the capture already fits. Some sources (a canvas, Safari's
 * screens) do not follow size constraints, and the encoder then has to.
 */
export function scaleDown(mode: DisplayMode, captured: { readonly width?: number; readonly height?: number }): number {
  const { width, height } = encodings[mode];
  return Math.max(1, (captured.width ?? 0) / width, (captured.height ?? 0) / height);
}
