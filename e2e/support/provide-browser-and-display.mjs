import { provideBrowser } from '../../tools/browser/provide-browser.mjs';
import { provideDisplay } from '../../tools/browser/provide-display.mjs';

/** Before all tests: a browser to open and a desktop to share, both in the environment of every test file. */
export default async function provide() {
  process.env.TEST_BROWSER = await provideBrowser();
  const { display, close } = await provideDisplay('1280x960');
  if (display !== undefined) process.env.DISPLAY = display;
  globalThis.closeDisplay = close;
}
