/** What the header says of a picture. */
export interface ViewFigures {
  /** Pixels as sent; 0 before the first picture. */
  readonly width: number;
  readonly height: number;
  /** Pictures a second that were decoded. A still screen is sent about once a second. */
  readonly fps: number;
  /** From here to the media server and back, ms. */
  readonly roundTripMs: number | null;
  /**
   * What the picture's age is at least, ms: half a round trip, and the time from the arrival of a picture's first packet
   * to its being decoded. What capture, encoder and the other side's network add is not known here.
   */
  readonly delayMs: number | null;
}

export const noFigures: ViewFigures = { width: 0, height: 0, fps: 0, roundTripMs: null, delayMs: null };

/** One look at the receiver's counters (W3C "Identifiers for WebRTC's Statistics API"). */
export interface Reading {
  /** ms */
  readonly at: number;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly frames: number;
  /** Of all frames so far, seconds. */
  readonly processing: number;
  /** Seconds. */
  readonly roundTrip: number | null;
}

type Stat = Readonly<Record<string, unknown>>;

export function readingOf(stats: Iterable<Stat>, at: number): Reading | null {
  const all = [...stats];
  const inbound = all.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video');
  if (inbound === undefined) return null;
  const pair = all.find(
    ({ type, nominated, state }) => type === 'candidate-pair' && nominated === true && state === 'succeeded',
  );
  const roundTrip = pair?.['currentRoundTripTime'];
  return {
    at,
    width: count(inbound['frameWidth']),
    height: count(inbound['frameHeight']),
    bytes: count(inbound['bytesReceived']),
    frames: count(inbound['framesDecoded']),
    processing: count(inbound['totalProcessingDelay']),
    roundTrip: typeof roundTrip === 'number' ? roundTrip : null,
  };
}

/** The figures of the time between two readings. */
export function figuresBetween(before: Reading, after: Reading): ViewFigures {
  const frames = after.frames - before.frames;
  const seconds = (after.at - before.at) / 1000;
  const roundTripMs = after.roundTrip === null ? null : Math.round(after.roundTrip * 1000);
  const processingMs = frames > 0 ? ((after.processing - before.processing) / frames) * 1000 : null;
  return {
    width: after.width,
    height: after.height,
    fps: seconds > 0 ? Math.round(frames / seconds) : 0,
    roundTripMs,
    delayMs: processingMs === null ? null : Math.round(processingMs + (after.roundTrip ?? 0) * 500),
  };
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
