import { provideBrowser } from '../../../tools/browser/provide-browser.mjs';
import { provideDisplay } from '../../../tools/browser/provide-display.mjs';

/** Before all tests: a browser, and a screen that it can capture. */
export default async function provide() {
  process.env.TEST_BROWSER = await provideBrowser();
  const { display, close } = await provideDisplay();
  if (display !== undefined) process.env.DISPLAY = display;
  globalThis.closeDisplay = close;
}
