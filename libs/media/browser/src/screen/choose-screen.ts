import { browserError } from '../browser-error';
import { widestCapture } from './display-modes';

/** `displaySurface` of Screen Capture (W3C); `unknown` where the browser does not say. */
export type Surface = 'monitor' | 'window' | 'browser' | 'unknown';

/** What did not come of it. `nothingChosen`: the user closed the picker. `wrongSurface`: something else was chosen than what was asked for; its capture has ended. */
export type ChooseRefusal =
  | {
      readonly ok: false;
      readonly reason: 'nothingChosen' | 'refusedByBrowser' | 'refusedBySystem' | 'notSupported' | 'failed';
    }
  | { readonly ok: false; readonly reason: 'wrongSurface'; readonly surface: Surface };

export type ChooseResult =
  { readonly ok: true; readonly track: MediaStreamTrack; readonly surface: Surface } | ChooseRefusal;

type RefusalReason = Exclude<ChooseRefusal['reason'], 'wrongSurface'>;

/** Newer members of `DisplayMediaStreamOptions` than the compiler's own. */
interface PickerOptions extends DisplayMediaStreamOptions {
  readonly selfBrowserSurface: 'exclude';
  readonly surfaceSwitching: 'exclude';
  readonly monitorTypeSurfaces: 'include';
  readonly systemAudio: 'exclude';
}

/** Opens the browser's picker. It must be called in the user's click. */
export async function chooseScreen(wanted: 'monitor' | 'window'): Promise<ChooseResult> {
  if (typeof navigator.mediaDevices?.getDisplayMedia !== 'function') return { ok: false, reason: 'notSupported' };
  const options: PickerOptions = {
    video: { displaySurface: wanted, ...widestCapture },
    audio: false,
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'exclude',
    monitorTypeSurfaces: 'include',
    systemAudio: 'exclude',
  };
  const opened = performance.now();
  try {
    const [track] = (await navigator.mediaDevices.getDisplayMedia(options)).getVideoTracks();
    return track === undefined ? { ok: false, reason: 'failed' } : checkSurface(track, wanted);
  } catch (error) {
    return { ok: false, reason: refusalOf(error, performance.now() - opened) };
  }
}

/** A browser cannot be told what may be picked, so what was picked is looked at, and ended when it is something else. */
export function checkSurface(track: MediaStreamTrack, wanted: 'monitor' | 'window'): ChooseResult {
  const surface = surfaceOf(track);
  // Firefox does not say: its own picker is all there is to go by.
  if (surface === wanted || surface === 'unknown') return { ok: true, track, surface };
  track.stop();
  return { ok: false, reason: 'wrongSurface', surface };
}

function surfaceOf(track: MediaStreamTrack): Surface {
  const { displaySurface } = track.getSettings();
  return displaySurface === 'monitor' || displaySurface === 'window' || displaySurface === 'browser'
    ? displaySurface
    : 'unknown';
}

/** Nobody reads a picker and closes it faster than this. */
const fastestPersonMs = 150;

const byName: Readonly<Record<string, RefusalReason>> = {
  NotSupportedError: 'notSupported',
  TypeError: 'notSupported',
  SecurityError: 'refusedByBrowser',
  AbortError: 'nothingChosen',
  // Firefox on macOS without the permission to record the screen; Chromium when the capture cannot begin.
  NotFoundError: 'refusedBySystem',
  NotReadableError: 'refusedBySystem',
};

/**
 * Every refusal is a `NotAllowedError`. Chromium says "by system" and "by permissions policy" in its message; otherwise an
 * answer that came faster than a person can give was the browser's own.
 */
export function refusalOf(error: unknown, afterMs: number): RefusalReason {
  const { name, message } = browserError(error);
  if (name !== 'NotAllowedError') return byName[name] ?? 'failed';
  if (/by system/i.test(message)) return 'refusedBySystem';
  if (/permissions? policy|user activation|user gesture/i.test(message)) return 'refusedByBrowser';
  return afterMs < fastestPersonMs ? 'refusedByBrowser' : 'nothingChosen';
}
