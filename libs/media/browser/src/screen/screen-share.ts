import type { LocalTrackPublication } from 'livekit-client';
import { LocalVideoTrack, Track } from 'livekit-client';
import type { Observable } from 'rxjs';
import { BehaviorSubject, Subject } from 'rxjs';
import type { MediaConnection, Publication, PublishResult, Wanted } from '../connection';
import type { Current } from '../current';
import type { ChooseResult, Surface } from './choose-screen';
import { chooseScreen } from './choose-screen';
import type { DisplayMode } from './display-modes';
import { captureConstraints, encodings, publishOptions, scaleDown } from './display-modes';

/** `chosen`: captured, and nobody sees it yet. `interrupted`: the capture lives, the way to the server does not; it comes back by itself. */
export type ShareState = 'off' | 'chosen' | 'publishing' | 'live' | 'interrupted';

/** `endedByBrowser`: the browser's own stop bar, or a monitor that was unplugged. */
export type ShareEnd = 'stopped' | 'endedByBrowser' | 'rightRemoved';

interface Shown {
  readonly track: MediaStreamTrack;
  readonly wanted: Wanted;
  readonly local: LocalVideoTrack;
}

/** Shows one screen of this device to named people. */
export class ScreenShare {
  readonly #connection: MediaConnection;
  readonly #state = new BehaviorSubject<ShareState>('off');
  readonly #mode = new BehaviorSubject<DisplayMode>('standard');
  readonly #surface = new BehaviorSubject<Surface | null>(null);
  readonly #ended = new Subject<ShareEnd>();
  readonly state: Current<ShareState> = this.#state;
  readonly mode: Current<DisplayMode> = this.#mode;
  readonly surface: Current<Surface | null> = this.#surface;
  /** Emits when a capture that was chosen or shown has ended. */
  readonly ended: Observable<ShareEnd> = this.#ended;
  #chosen: MediaStreamTrack | undefined;
  #shown: Shown | undefined;

  constructor(connection: MediaConnection) {
    this.#connection = connection;
  }

  /**
   * Opens the browser's picker; call it in the user's click. Nothing is sent yet. While another screen is shown it stays
   * shown until the new one is published.
   *
   * @param wish a desktop is a `monitor` (as when left out), an application a `window`; anything else is refused and ended
   */
  async choose(wish: { readonly mode: DisplayMode; readonly surface?: 'monitor' | 'window' }): Promise<ChooseResult> {
    const result = await chooseScreen(wish.surface ?? 'monitor');
    if (!result.ok) return result;
    this.#chosen?.stop();
    this.#chosen = result.track;
    this.#surface.next(result.surface);
    result.track.addEventListener('ended', () => this.#endOf(result.track, 'endedByBrowser'));
    if (this.#shown === undefined) {
      this.#mode.next(wish.mode);
      this.#state.next('chosen');
    }
    await this.#hold(result.track);
    return result;
  }

  /**
   * Shows the track to the viewers and to nobody else. It waits up to ten seconds for the media server to be given the
   * right; when that does not come the capture has ended.
   *
   * @param to identities of those who are named in the grant
   */
  async publish(track: MediaStreamTrack, to: { readonly viewers: readonly string[] }): Promise<PublishResult> {
    if (track.readyState === 'ended') return { ok: false, reason: 'stopped' };
    this.#take(track);
    const local = new LocalVideoTrack(track, undefined, true);
    const wanted: Wanted = {
      source: Track.Source.ScreenShare,
      track: local,
      options: publishOptions(this.#mode.value),
    };
    const shown = { track, wanted, local };
    this.#shown = shown;
    this.#state.next('publishing');
    this.#connection.audience.restrictTo(to.viewers);
    this.#connection.publications.changesOf(wanted).subscribe((now) => {
      if (this.#shown === shown) this.#follow(shown, now);
    });
    await this.#hold(track);
    const result = await this.#connection.publications.publish(wanted);
    if (!result.ok) this.#endOf(track, 'stopped');
    return result;
  }

  /** Those who may see it from now on; whoever is left out loses the picture at once. */
  setViewers(viewers: readonly string[]): void {
    if (this.#shown !== undefined) this.#connection.audience.restrictTo(viewers);
  }

  /** Without a prompt, in the middle of it: constraints of the capture, hint, priority and encoder. */
  async setMode(mode: DisplayMode): Promise<void> {
    this.#mode.next(mode);
    const shown = this.#shown;
    if (shown === undefined) {
      if (this.#chosen !== undefined) await this.#hold(this.#chosen);
      return;
    }
    shown.wanted.options = publishOptions(mode);
    const publication = this.#publicationOf(shown);
    if (publication !== undefined) publication.options = { ...publication.options, ...shown.wanted.options };
    await this.#hold(shown.track);
    await this.#applyTo(shown);
  }

  /** The capture is dead when this returns; taking the track back from the server follows. */
  stop(): void {
    for (const track of [this.#chosen, this.#shown?.track]) if (track !== undefined) this.#endOf(track, 'stopped');
  }

  #follow(shown: Shown, now: Publication): void {
    if (now === 'rightRemoved') this.#endOf(shown.track, 'rightRemoved');
    if (now === 'published') {
      this.#state.next('live');
      void this.#applyTo(shown);
    }
    if (now === 'interrupted') this.#state.next('interrupted');
  }

  /** The chosen track becomes the shown one; the one before it ends. */
  #take(track: MediaStreamTrack): void {
    if (this.#chosen === track) this.#chosen = undefined;
    const before = this.#shown;
    this.#shown = undefined;
    before?.track.stop();
    if (before !== undefined) void this.#connection.publications.withdraw(before.wanted);
    track.addEventListener('ended', () => this.#endOf(track, 'endedByBrowser'));
  }

  #endOf(track: MediaStreamTrack, why: ShareEnd): void {
    track.stop();
    if (this.#chosen === track) this.#chosen = undefined;
    else if (this.#shown?.track === track) this.#withdraw(this.#shown);
    else return;
    if (this.#shown === undefined) {
      this.#state.next(this.#chosen === undefined ? 'off' : 'chosen');
      if (this.#chosen === undefined) this.#surface.next(null);
    }
    this.#ended.next(why);
  }

  #withdraw({ wanted }: Shown): void {
    this.#shown = undefined;
    void this.#connection.publications.withdraw(wanted).then(() => {
      if (this.#shown === undefined) this.#connection.audience.open();
    });
  }

  /** Brings the capture itself into the present mode. */
  async #hold(track: MediaStreamTrack): Promise<void> {
    track.contentHint = encodings[this.#mode.value].contentHint;
    // A source that cannot follow is made smaller by the encoder instead: `scaleDown`.
    await track.applyConstraints(captureConstraints(this.#mode.value)).catch(() => undefined);
  }

  /** Brings the encoder into the present mode. */
  async #applyTo({ local, track }: Shown): Promise<void> {
    const mode = this.#mode.value;
    const { bitrate, frameRate, degradation } = encodings[mode];
    await local.setDegradationPreference(degradation);
    const { sender } = local;
    const parameters = sender?.getParameters();
    const [encoding] = parameters?.encodings ?? [];
    if (sender === undefined || parameters === undefined || encoding === undefined) return;
    encoding.maxBitrate = bitrate;
    encoding.maxFramerate = frameRate;
    encoding.scaleResolutionDownBy = scaleDown(mode, track.getSettings());
    await sender.setParameters(parameters);
  }

  #publicationOf({ local }: Shown): LocalTrackPublication | undefined {
    return [...this.#connection.room.localParticipant.videoTrackPublications.values()].find(
      ({ track }) => track === local,
    ) as LocalTrackPublication | undefined;
  }
}
