import { browserError } from '../browser-error';

/** Why there is no microphone. `inUse`: another program holds it. */
export type MicrophoneRefusal =
  'refusedByBrowser' | 'refusedBySystem' | 'noneFound' | 'inUse' | 'notSupported' | 'failed';

export type MicrophoneResult =
  { readonly ok: true; readonly track: MediaStreamTrack } | { readonly ok: false; readonly reason: MicrophoneRefusal };

/** The system's default device, as Chromium calls it; elsewhere no device has this id and the browser chooses. */
export const defaultDevice = 'default';

/** Opens a microphone; when the wished one is gone, the default. The browser may ask the user. */
export async function openMicrophone(deviceId: string): Promise<MicrophoneResult> {
  if (typeof navigator.mediaDevices?.getUserMedia !== 'function') return { ok: false, reason: 'notSupported' };
  try {
    return await open(deviceId === defaultDevice ? undefined : { exact: deviceId });
  } catch (error) {
    const isGone = browserError(error).name === 'OverconstrainedError';
    if (isGone && deviceId !== defaultDevice) return openMicrophone(defaultDevice);
    return { ok: false, reason: microphoneRefusal(error) };
  }
}

async function open(deviceId: ConstrainDOMString | undefined): Promise<MicrophoneResult> {
  const audio: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  if (deviceId !== undefined) audio.deviceId = deviceId;
  const stream = await navigator.mediaDevices.getUserMedia({ audio, video: false });
  const [track] = stream.getAudioTracks();
  return track === undefined ? { ok: false, reason: 'failed' } : { ok: true, track };
}

const byName: Readonly<Record<string, MicrophoneRefusal>> = {
  SecurityError: 'refusedByBrowser',
  NotFoundError: 'noneFound',
  OverconstrainedError: 'noneFound',
  NotReadableError: 'inUse',
  AbortError: 'inUse',
  TypeError: 'notSupported',
};

/** Names of Media Capture and Streams (W3C), section 10.2; only the message tells the system's refusal from the browser's. */
export function microphoneRefusal(error: unknown): MicrophoneRefusal {
  const { name, message } = browserError(error);
  if (name === 'NotAllowedError') return /by system/i.test(message) ? 'refusedBySystem' : 'refusedByBrowser';
  return byName[name] ?? 'failed';
}
