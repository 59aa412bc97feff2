import type { KnownDevice, SelfDescription } from './known-browsers';
import { knownDevice } from './known-browsers';
import type { PermissionHelp } from './permission-help';
import { permissionHelpFor } from './permission-help';

/** What this browser on this device can do. The first six are what `DeviceDescribed` records. */
export interface DeviceAbilities extends KnownDevice {
  readonly canShareScreen: boolean;
  readonly microphones: number;
  readonly cameras: number;
  /** Https or localhost: without it there is neither microphone nor screen. */
  readonly secureContext: boolean;
  readonly documentPictureInPicture: boolean;
}

/** Member of `Navigator` in Chromium (WICG User-Agent Client Hints). */
interface UserAgentData {
  readonly brands: readonly { readonly brand: string }[];
  readonly platform: string;
  readonly mobile: boolean;
}

/** Asks the user for nothing. */
export async function deviceAbilities(): Promise<DeviceAbilities> {
  const devices = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  const count = (kind: MediaDeviceKind): number => devices.filter((device) => device.kind === kind).length;
  const known = knownDevice(selfDescription());
  return {
    ...known,
    // Chromium on Android has the function and refuses every call.
    canShareScreen: known.form === 'desktop' && typeof navigator.mediaDevices?.getDisplayMedia === 'function',
    microphones: microphonesIn(devices),
    cameras: count('videoinput'),
    secureContext: isSecureContext,
    documentPictureInPicture: 'documentPictureInPicture' in globalThis,
  };
}

/** Whose steps to show when microphone or screen was refused. */
export function permissionHelp(what: 'microphone' | 'screen', by: 'browser' | 'system'): PermissionHelp {
  return permissionHelpFor(knownDevice(selfDescription()), what, by);
}

/** Chromium lists the system's default and communications devices once more. */
function microphonesIn(devices: readonly MediaDeviceInfo[]): number {
  return devices.filter(
    ({ kind, deviceId }) => kind === 'audioinput' && deviceId !== 'default' && deviceId !== 'communications',
  ).length;
}

function selfDescription(): SelfDescription {
  const { userAgent, maxTouchPoints: touchPoints } = navigator;
  const hints = (navigator as { userAgentData?: UserAgentData }).userAgentData;
  if (hints === undefined) return { userAgent, touchPoints };
  const { platform, mobile } = hints;
  return { userAgent, touchPoints, hints: { brands: hints.brands.map(({ brand }) => brand), platform, mobile } };
}
