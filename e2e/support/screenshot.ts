import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';

/** Takes the page as it stands, fonts loaded, into dist/screenshots. @returns the file */
export async function screenshot(page: Page, name: string): Promise<string> {
  const file = join(import.meta.dirname, '../../dist/screenshots', `${name}.png`);
  await mkdir(dirname(file), { recursive: true });
  await page.evaluate(async () => {
    await document.fonts.ready;
  });
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  return file;
}
