import { afterAll, afterEach, expect } from '@jest/globals';
import { closeAllBrowsers, takeUnexpectedConsoleErrors } from './browser';
import { removeAllDesksides } from './deskside';

afterEach(() => {
  expect(takeUnexpectedConsoleErrors()).toEqual([]);
});

afterAll(async () => {
  await closeAllBrowsers();
  await removeAllDesksides();
});
