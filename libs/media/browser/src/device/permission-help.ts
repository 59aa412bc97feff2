import type { KnownDevice } from './known-browsers';

export type BrowserHelp =
  'chrome-desktop' | 'edge' | 'firefox' | 'safari-mac' | 'chrome-android' | 'safari-ios' | 'other';
export type SystemHelp = 'macos-screen-recording' | 'macos-microphone' | 'windows-microphone' | 'none';

/** Which steps give back what was refused: those in the browser, and those in the system where that is what said no. */
export interface PermissionHelp {
  readonly browser: BrowserHelp;
  readonly system: SystemHelp;
}

const onDesktop: Readonly<Record<string, BrowserHelp>> = {
  Chrome: 'chrome-desktop',
  Opera: 'chrome-desktop',
  Edge: 'edge',
  Firefox: 'firefox',
  Safari: 'safari-mac',
};

export function permissionHelpFor(
  { browser, system, form }: KnownDevice,
  what: 'microphone' | 'screen',
  by: 'browser' | 'system',
): PermissionHelp {
  return { browser: browserHelp(browser, system, form), system: by === 'system' ? systemHelp(system, what) : 'none' };
}

function browserHelp(browser: string, system: string, form: KnownDevice['form']): BrowserHelp {
  // Every browser of iOS is Safari's engine and asks through Safari's settings.
  if (system === 'iOS') return 'safari-ios';
  if (system === 'Android') return browser === 'Firefox' ? 'other' : 'chrome-android';
  return form === 'desktop' ? (onDesktop[browser] ?? 'other') : 'other';
}

function systemHelp(system: string, what: 'microphone' | 'screen'): SystemHelp {
  if (system === 'macOS') return what === 'screen' ? 'macos-screen-recording' : 'macos-microphone';
  return system === 'Windows' && what === 'microphone' ? 'windows-microphone' : 'none';
}
