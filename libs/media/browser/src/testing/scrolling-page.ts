import { paintTimeCode } from './time-code';

const lineHeight = 22;
const sentence =
  'The printer on the second floor says offline since this morning and nobody has touched it, as far as we know. ';

/**
 * Beside every display's own step: where pictures of one display are shown on another one in the same step, each age would
 * be a whole number of steps, and a little later a whole step more.
 */
const ownStepMs = 23;
const usual = { width: 1280, height: 720, still: false, inPage: true };

/**
 * A canvas that shows the time code above text; the text scrolls, or stands still. It stands in the page, or is painted
 * only to be captured.
 */
export class ScrollingPage {
  readonly canvas = document.createElement('canvas');
  readonly #context: CanvasRenderingContext2D;
  readonly #step: number;
  readonly #next: (paint: () => void) => void;
  #line = 0;
  #track: MediaStreamTrack | undefined;

  constructor(options: Partial<typeof usual> = {}) {
    const { width, height, still, inPage } = { ...usual, ...options };
    this.canvas.width = width;
    this.canvas.height = height;
    const context = this.canvas.getContext('2d', { alpha: false });
    if (context === null) throw new Error('No canvas.');
    this.#context = context;
    this.#step = still ? 0 : 4;
    this.#next = inPage ? (paint) => void requestAnimationFrame(paint) : (paint) => void setTimeout(paint, ownStepMs);
    if (inPage) this.#showInPage();
    this.#paintOn();
  }

  /** What a captured screen would be: at most so many pictures a second. The painting ends with it. */
  capture(frameRate = 30): MediaStreamTrack {
    const [track] = this.canvas.captureStream(frameRate).getVideoTracks();
    if (track === undefined) throw new Error('The canvas gave no picture.');
    this.#track = track;
    return track;
  }

  #paintOn(): void {
    if (this.#track?.readyState === 'ended') return;
    this.#paint();
    this.#next(() => this.#paintOn());
  }

  #showInPage(): void {
    document.body.style.margin = '0';
    document.body.style.overflow = 'hidden';
    this.canvas.style.display = 'block';
    document.body.prepend(this.canvas);
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
