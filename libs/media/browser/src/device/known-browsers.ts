/** What a browser tells about itself. */
export interface SelfDescription {
  readonly userAgent: string;
  /** `navigator.userAgentData` (User-Agent Client Hints), Chromium only. */
  readonly hints?: { readonly brands: readonly string[]; readonly platform: string; readonly mobile: boolean };
  readonly touchPoints: number;
}

export interface KnownDevice {
  readonly browser: string;
  readonly system: string;
  readonly form: 'desktop' | 'phone' | 'tablet';
}

type Names = readonly (readonly [pattern: RegExp, name: string])[];

// Each names its ancestors too, so the most particular comes first.
const browsers: Names = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/OPR\/|OPT\//, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\/|Chromium\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const brands: Names = [
  [/Edge/, 'Edge'],
  [/Opera/, 'Opera'],
  [/Samsung/, 'Samsung Internet'],
  [/Chrom/, 'Chrome'],
];

const systems: Names = [
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

function browserOf({ userAgent, hints }: SelfDescription): string {
  return nameIn(brands, hints?.brands.join(' ') ?? '') ?? nameIn(browsers, userAgent) ?? other;
}

function systemOf({ userAgent, hints, touchPoints }: SelfDescription): string {
  const named = nameIn(systems, hints?.platform ?? '') ?? nameIn(systems, userAgent) ?? other;
  // An iPad calls itself a Mac, which has no touch screen.
  return named === 'macOS' && hints === undefined && touchPoints > 1 ? 'iOS' : named;
}

function formOf({ userAgent, hints }: SelfDescription, system: string): KnownDevice['form'] {
  if (system === 'iOS') return /iPhone|iPod/.test(userAgent) ? 'phone' : 'tablet';
  if (system === 'Android') return (hints?.mobile ?? /Mobile/.test(userAgent)) ? 'phone' : 'tablet';
  return 'desktop';
}

function nameIn(names: Names, text: string): string | undefined {
  return names.find(([pattern]) => pattern.test(text))?.[1];
}
