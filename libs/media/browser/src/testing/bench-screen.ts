import { widestCapture } from '../screen/display-modes';
import { ScrollingPage } from './scrolling-page';
import { ageOf } from './time-code';

/** A picture whose time code could be read; milliseconds of the clock. */
interface Picture {
  readonly paintedAt: number;
  readonly seenAt: number;
}

const connections: RTCPeerConnection[] = [];

globalThis.RTCPeerConnection = class extends globalThis.RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
  }
};

/**
 * What the benchmark puts into a page before the page's own scripts: a screen for the picker to give at once, the same in
 * every page, and an eye on the page's first video.
 */
class BenchPage {
  /** When the picker last gave the screen; 0 since `forget`. */
  chosenAt = 0;
  #captured: MediaStreamTrack | undefined;
  #pictures: Picture[] = [];
  #watched: HTMLVideoElement | null = null;

  constructor() {
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (devices !== undefined) devices.getDisplayMedia = () => Promise.resolve(this.#screen());
    const look = (): void => {
      const video = document.querySelector('video');
      if (video !== null && video !== this.#watched) this.#watch(video);
      requestAnimationFrame(look);
    };
    look();
  }

  forget(): void {
    this.chosenAt = 0;
    this.#pictures = [];
  }

  pictures(): readonly Picture[] {
    return this.#pictures;
  }

  /** When the first picture that was painted after `since` was seen; 0 before. */
  firstSeen(since: number): number {
    return this.#pictures.find(({ paintedAt }) => paintedAt >= since)?.seenAt ?? 0;
  }

  /** What the capture and its encoder were told, as one line. */
  sending(): string {
    const track = this.#captured;
    const sender = connections.flatMap((all) => all.getSenders()).find((each) => each.track === track);
    if (track === undefined || sender === undefined) throw new Error('Nothing is sent.');
    const { encodings, codecs, degradationPreference: degradation } = sender.getParameters();
    const { contentHint: hint } = track;
    const [codec] = codecs;
    const told = encodings.map(({ maxBitrate, maxFramerate, scaleResolutionDownBy = 1, priority, networkPriority }) => {
      return { maxBitrate, maxFramerate, scaleResolutionDownBy, priority, networkPriority };
    });
    return JSON.stringify({ ...{ hint, frameRate: track.getSettings().frameRate }, codec, degradation, told });
  }

  #screen(): MediaStream {
    const track = new ScrollingPage({ inPage: false }).capture(widestCapture.frameRate.max);
    this.#captured = track;
    const settings = track.getSettings.bind(track);
    track.getSettings = () => ({ ...settings(), displaySurface: 'monitor' });
    this.chosenAt = Date.now();
    return new MediaStream([track]);
  }

  #watch(video: HTMLVideoElement): void {
    this.#watched = video;
    const read = (): void => {
      const seenAt = Date.now();
      const age = ageOf(video, seenAt);
      if (age !== null) this.#pictures.push({ paintedAt: seenAt - age, seenAt });
      if (this.#watched === video) video.requestVideoFrameCallback(read);
    };
    video.requestVideoFrameCallback(read);
  }
}

Object.assign(globalThis, { bench: new BenchPage() });
