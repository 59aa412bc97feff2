import { afterAll, afterEach, expect } from '@jest/globals';
import { closeAllBrowsers, openPages, takeUnexpectedConsoleErrors } from './browser';
import { endAllCommands } from './command';
import { removeAllDesksides } from './deskside';
import { screenshot } from './screenshot';

/** What everybody saw at the end of each test, to look at when it failed: dist/screenshots/after. */
async function keepPictures(): Promise<void> {
  const test = (expect.getState().currentTestName ?? 'test').replace(/[^\p{L}\d]+/gu, '-').slice(0, 100);
  const pictures = openPages().map(([person, page]) => screenshot(page, `after/${test}--${person}`));
  // A browser that has crashed gives none.
  await Promise.allSettled(pictures);
}

afterEach(async () => {
  await keepPictures();
  await endAllCommands();
  expect(takeUnexpectedConsoleErrors()).toEqual([]);
});

afterAll(async () => {
  await closeAllBrowsers();
  await removeAllDesksides();
});
