import type { BrowserName, SystemName } from '@deskside/domain';

/** What a browser tells about itself. */
export interface SelfDescription {
  readonly userAgent: string;
  /** `navigator.userAgentData` (User-Agent Client Hints), Chromium only. */
  readonly hints?: { readonly brands: readonly string[]; readonly platform: string; readonly mobile: boolean };
  readonly touchPoints: number;
}

export interface KnownDevice {
  readonly browser: BrowserName;
  readonly system: SystemName;
  readonly form: 'desktop' | 'phone' | 'tablet';
}

type Names<Name extends string> = readonly (readonly [pattern: RegExp, name: Name])[];

// Each names its ancestors too, so the most particular comes first.
const browsers: Names<BrowserName> = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/OPR\/|OPT\//, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\/|Chromium\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const brands: Names<BrowserName> = [
  [/Edge/, 'Edge'],
  [/Opera/, 'Opera'],
  [/Samsung/, 'Samsung Internet'],
  [/Chrom/, 'Chrome'],
];

const systems: Names<SystemName> = [
  [/iPhone|iPad|iPod/, 'iOS'],
  [/Android/, 'Android'],
  [/CrOS|Chrome ?OS/, 'ChromeOS'],
  [/Windows/, 'Windows'],
  [/Mac/, 'macOS'],
  [/Linux|X11/, 'Linux'],
];

const other = 'Other';

/** Family and system by their coarse names, without versions: enough for help, too little to know somebody by. */
export function knownDevice(self: SelfDescription): KnownDevice {
  const system = systemOf(self);
  return { browser: browserOf(self), system, form: formOf(self, system) };
}

function browserOf({ userAgent, hints }: SelfDescription): BrowserName {
  return nameIn(brands, hints?.brands.join(' ') ?? '') ?? nameIn(browsers, userAgent) ?? other;
}

function systemOf({ userAgent, hints, touchPoints }: SelfDescription): SystemName {
  const named = nameIn(systems, hints?.platform ?? '') ?? nameIn(systems, userAgent) ?? other;
  // An iPad calls itself a Mac, which has no touch screen.
  return named === 'macOS' && hints === undefined && touchPoints > 1 ? 'iOS' : named;
}

function formOf({ userAgent, hints }: SelfDescription, system: SystemName): KnownDevice['form'] {
  if (system === 'iOS') return /iPhone|iPod/.test(userAgent) ? 'phone' : 'tablet';
  if (system === 'Android') return (hints?.mobile ?? /Mobile/.test(userAgent)) ? 'phone' : 'tablet';
  return 'desktop';
}

function nameIn<Name extends string>(names: Names<Name>, text: string): Name | undefined {
  return names.find(([pattern]) => pattern.test(text))?.[1];
}
