/** The time code is 32 squares in two rows at the top: 24 bits of the clock in ms, and 8 bits that check them. */
const columns = 16;
const rows = 2;
const clockBits = 24;
const clockSize = 2 ** clockBits;
/** Height of both rows, as a share of the picture's width: squares. */
const bandShare = rows / columns;

function codeOf(ms: number): number[] {
  const clock = Math.floor(ms) % clockSize;
  // Turned over in part, so that neither a black nor a white picture is a code.
  const check = (clock ^ (clock >>> 8) ^ (clock >>> 16) ^ 0x5a) & 0xff;
  const bits = (value: number, count: number): number[] =>
    Array.from({ length: count }, (_, index) => (value >>> (count - 1 - index)) & 1);
  return [...bits(clock, clockBits), ...bits(check, columns * rows - clockBits)];
}

/** Paints the clock of now. */
export function paintTimeCode(canvas: CanvasRenderingContext2D, width: number): void {
  const side = width / columns;
  codeOf(Date.now()).forEach((bit, index) => {
    canvas.fillStyle = bit === 1 ? '#fff' : '#000';
    canvas.fillRect((index % columns) * side, Math.floor(index / columns) * side, side, side);
  });
}

const sampled = { width: columns * 4, height: rows * 4 };
let sampler: OffscreenCanvasRenderingContext2D | null = null;

/** Where the time code begins in a picture, and its width, pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Age of the picture in front, ms, from its pixels; null where there is no time code to be read. */
export function ageOf(video: HTMLVideoElement, now: number, place?: Place): number | null {
  if (video.videoWidth === 0) return null;
  sampler ??= new OffscreenCanvas(sampled.width, sampled.height).getContext('2d', { willReadFrequently: true });
  if (sampler === null) return null;
  const { x: left, y: top, width } = place ?? { x: 0, y: 0, width: video.videoWidth };
  sampler.drawImage(video, left, top, width, width * bandShare, 0, 0, sampled.width, sampled.height);
  const { data } = sampler.getImageData(0, 0, sampled.width, sampled.height);
  const bits = Array.from({ length: columns * rows }, (_, index) => {
    const x = (index % columns) * 4 + 2;
    const y = Math.floor(index / columns) * 4 + 2;
    return (data[(y * sampled.width + x) * 4 + 1] ?? 0) > 127 ? 1 : 0;
  });
  const clock = bits.slice(0, clockBits).reduce<number>((value, bit) => value * 2 + bit, 0);
  if (!codeOf(clock).every((bit, index) => bit === bits[index])) return null;
  return (Math.floor(now) - clock + clockSize) % clockSize;
}
