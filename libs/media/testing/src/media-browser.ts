import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

/** What a Chromium needs to carry real media without a screen, a microphone or a person before it. */
export const mediaFlags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  // A microphone that beeps once a second.
  '--use-fake-device-for-media-stream',
];

/** `desktop`: shares the whole desktop, and looks at it through a window. `nothing`: never opens the picker, and needs no screen. */
export type Picks = 'desktop' | 'nothing';

/** The picker answers by itself. The fake-ui flag would break that; DISPLAY is needed even without windows. */
const pickerFlags: Readonly<Record<Picks, readonly string[]>> = {
  desktop: ['--auto-select-desktop-capture-source=Entire screen', '--window-position=0,0', '--window-size=1280,720'],
  nothing: [],
};

/** The browser that TEST_BROWSER names, or Playwright's. */
export async function launchMediaBrowser(picks: Picks = 'nothing'): Promise<Browser> {
  const { TEST_BROWSER: executablePath } = process.env;
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    headless: picks !== 'desktop',
    args: [...mediaFlags, ...pickerFlags[picks]],
  });
}
