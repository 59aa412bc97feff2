const quietestDb = -60;

/** A meter's value 0..1 for a linear level 0..1: decibels above -60, as ears hear. */
export function meterValue(linear: number): number {
  if (!(linear > 0)) return 0;
  return Math.min(1, Math.max(0, 1 - (20 * Math.log10(linear)) / quietestDb));
}

/** Root mean square of samples -1..1. */
export function rootMeanSquare(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

/** -36 dB: a voice at a desk is above it, a room is not. */
export const voiceThreshold = 0.4;
