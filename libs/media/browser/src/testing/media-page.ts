import type { RemoteTrackPublication } from 'livekit-client';
import { Track } from 'livekit-client';
import type { ChooseResult, DisplayMode, MediaAccess, TalkEvent } from '../index';
import { DeviceTest, MediaConnection, MediaSeat, ScreenShare, ScreenView, Talk, deviceAbilities } from '../index';
import { ScrollingPage } from './scrolling-page';
import type { Place } from './time-code';
import { ageOf } from './time-code';

declare global {
  /** Given by the test: what the API would answer. */
  var access: () => Promise<MediaAccess>;
  var mediaPage: MediaPage;
}

type Captured = Exclude<ChooseResult, { ok: true }> | { readonly ok: true; readonly surface: string };

/** One person's page, without an app: every method takes and gives what a test can send to a page. */
export class MediaPage {
  readonly connection = new MediaConnection();
  readonly share = new ScreenShare(this.connection);
  readonly talk = new Talk(this.connection);
  readonly test = new DeviceTest();
  readonly talkEvents: TalkEvent[] = [];
  readonly shareEnds: string[] = [];
  #page: ScrollingPage | undefined;
  #track: MediaStreamTrack | undefined;
  #view: ScreenView | undefined;
  #video: HTMLVideoElement | undefined;
  #ages: number[] = [];
  #heard: AnalyserNode | undefined;
  #seat: MediaSeat | undefined;
  #prompts = 0;

  constructor() {
    this.talk.events.subscribe((event) => this.talkEvents.push(event));
    this.share.ended.subscribe((end) => this.shareEnds.push(end));
    const { getDisplayMedia } = navigator.mediaDevices;
    navigator.mediaDevices.getDisplayMedia = (options) => {
      this.#prompts += 1;
      return getDisplayMedia.call(navigator.mediaDevices, options);
    };
  }

  async connect(): Promise<string> {
    await this.connection.connect(() => access());
    return this.connection.state.value;
  }

  disconnect(): Promise<void> {
    return this.connection.disconnect();
  }

  state(): string {
    return this.connection.state.value;
  }

  /** Shows a page that scrolls, and takes it as the screen. @returns where it stands on the desktop */
  paint(options: { readonly still?: boolean } = {}): Place {
    this.#page = new ScrollingPage(options);
    this.#track = this.#page.capture();
    return { x: screenX, y: screenY + outerHeight - innerHeight, width: this.#page.canvas.width };
  }

  async choose(wish: { readonly mode: DisplayMode; readonly surface?: 'monitor' | 'window' }): Promise<Captured> {
    const result = await this.share.choose(wish);
    if (!result.ok) return result;
    this.#track = result.track;
    return { ok: true, surface: result.surface };
  }

  publish(viewers: readonly string[]): ReturnType<ScreenShare['publish']> {
    if (this.#track === undefined) throw new Error('Nothing is captured.');
    return this.share.publish(this.#track, { viewers });
  }

  /** The share's state, its capture's, and what its encoder was told. */
  shared(): Readonly<Record<'state' | 'capture' | 'prompts' | 'encoding' | 'hint' | 'degradation', unknown>> {
    const publication = this.connection.room.localParticipant.getTrackPublication(Track.Source.ScreenShare);
    const { encodings, degradationPreference } = publication?.track?.sender?.getParameters() ?? { encodings: [] };
    return {
      state: this.share.state.value,
      capture: this.#track?.readyState,
      prompts: this.#prompts,
      encoding: encodings[0],
      hint: this.#track?.contentHint,
      degradation: degradationPreference,
    };
  }

  /** Stops and says what the capture is in the very next statement. */
  stopShare(): string {
    this.share.stop();
    return this.#track?.readyState ?? 'none';
  }

  /** Looks at somebody's screen from now on, and reads the time code off every picture, or off that place in it. */
  view(identity: string, place?: Place): void {
    const video = document.createElement('video');
    document.body.append(video);
    this.#video = video;
    this.#view?.close();
    this.#view = new ScreenView(this.connection, { identity, video });
    const read = (): void => {
      const age = ageOf(video, Date.now(), place);
      if (age !== null) this.#ages.push(age);
      video.requestVideoFrameCallback(read);
    };
    video.requestVideoFrameCallback(read);
  }

  viewed(): {
    state: string;
    width: number;
    height: number;
    fps: number;
    delayMs: number | null;
    firstFrameMs: number | null;
    ages: number;
    playing: boolean;
  } {
    const view = this.#view;
    if (view === undefined) throw new Error('Nothing is viewed.');
    const { width, height, fps, delayMs } = view.figures.value;
    const { value: state } = view.state;
    const playing = this.#video?.paused === false;
    return {
      state,
      width,
      height,
      fps,
      delayMs,
      firstFrameMs: view.firstFrameMs.value,
      ages: this.#ages.length,
      playing,
    };
  }

  /** Ages of the pictures that came since the last call, ms. */
  takeAges(): number[] {
    const ages = this.#ages;
    this.#ages = [];
    return ages;
  }

  /** Mean luminance 0..255 of the picture in front. */
  luminance(): number {
    const context = new OffscreenCanvas(32, 32).getContext('2d');
    if (context === null || this.#video === undefined) throw new Error('Nothing is viewed.');
    context.drawImage(this.#video, 0, 0, 32, 32);
    const { data } = context.getImageData(0, 0, 32, 32);
    return data.reduce((sum, value, index) => (index % 4 === 1 ? sum + value : sum), 0) / (32 * 32);
  }

  /** What the media server tells of somebody's tracks, and whether they come here. */
  tracksOf(identity: string): { source: string; received: boolean }[] {
    const publications = this.connection.room.remoteParticipants.get(identity)?.trackPublications.values() ?? [];
    return [...publications].map((publication) => ({
      source: publication.source,
      received: (publication as RemoteTrackPublication).track !== undefined,
    }));
  }

  /** Listens to somebody's sound as it comes here, beside the library. */
  hear(identity: string): boolean {
    const publication = this.connection.room.remoteParticipants
      .get(identity)
      ?.getTrackPublication(Track.Source.Microphone);
    const track = publication?.track?.mediaStreamTrack;
    if (track === undefined) return false;
    const audio = new AudioContext();
    this.#heard = audio.createAnalyser();
    this.#heard.fftSize = 1024;
    audio.createMediaStreamSource(new MediaStream([track])).connect(this.#heard);
    return true;
  }

  /** Loudest sample -1..1 of the last 20 ms that came here. */
  loudness(): number {
    if (this.#heard === undefined) throw new Error('Nobody is listened to.');
    const samples = new Float32Array(this.#heard.fftSize);
    this.#heard.getFloatTimeDomainData(samples);
    return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  }

  /** Loudness every 10 ms for so long, with the clock: for what happens within it. */
  async loudnesses(ms: number): Promise<{ at: number; loudness: number }[]> {
    const heard: { at: number; loudness: number }[] = [];
    const end = Date.now() + ms;
    while (Date.now() < end) {
      heard.push({ at: Date.now(), loudness: this.loudness() });
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return heard;
  }

  voices(): MediaPage['talk']['voices']['value'] {
    return this.talk.voices.value;
  }

  abilities(): ReturnType<typeof deviceAbilities> {
    return deviceAbilities();
  }

  /** @returns its state once it has settled */
  async takeSeat(name: string): Promise<string> {
    this.#seat ??= new MediaSeat(name);
    await this.#seat.take();
    return this.#seat.state.value;
  }

  async moveSeatHere(): Promise<void> {
    await this.#seat?.moveHere();
  }

  giveSeat(): void {
    this.#seat?.give();
  }

  seat(): string {
    return this.#seat?.state.value ?? 'none';
  }
}

globalThis.mediaPage = new MediaPage();
