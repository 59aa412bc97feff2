import { paintTimeCode } from './time-code';

const lineHeight = 22;
const sentence =
  'The printer on the second floor says offline since this morning and nobody has touched it, as far as we know. ';

/** A canvas that shows the time code above text; the text scrolls, or stands still. */
export class ScrollingPage {
  readonly canvas = document.createElement('canvas');
  readonly #context: CanvasRenderingContext2D;
  readonly #step: number;
  #line = 0;

  constructor({ width = 1280, height = 720, still = false } = {}) {
    this.canvas.width = width;
    this.canvas.height = height;
    const context = this.canvas.getContext('2d', { alpha: false });
    if (context === null) throw new Error('No canvas.');
    this.#context = context;
    this.#step = still ? 0 : 4;
    document.body.style.margin = '0';
    document.body.style.overflow = 'hidden';
    this.canvas.style.display = 'block';
    document.body.prepend(this.canvas);
    const paint = (): void => {
      this.#paint();
      requestAnimationFrame(paint);
    };
    paint();
  }

  /** What a captured screen would be: at most so many pictures a second. */
  capture(frameRate = 30): MediaStreamTrack {
    const [track] = this.canvas.captureStream(frameRate).getVideoTracks();
    if (track === undefined) throw new Error('The canvas gave no picture.');
    return track;
  }

  #paint(): void {
    const { width, height } = this.canvas;
    this.#context.fillStyle = '#fff';
    this.#context.fillRect(0, 0, width, height);
    this.#context.fillStyle = '#222';
    this.#context.font = '16px sans-serif';
    for (let y = 0; y < height; y += lineHeight)
      this.#context.fillText(
        `${Math.floor((this.#line + y) / lineHeight)} ${sentence}`,
        8,
        y - (this.#line % lineHeight),
      );
    this.#line += this.#step;
    paintTimeCode(this.#context, width);
  }
}
