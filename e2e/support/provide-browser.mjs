import { provideBrowser } from '../../tools/browser/provide-browser.mjs';

/** Before all tests: a browser to open, its path in the environment of every test file. */
export default async function provide() {
  process.env.TEST_BROWSER = await provideBrowser();
}
