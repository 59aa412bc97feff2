import type { Browser } from 'playwright-core';
import { launchBrowser } from './page';
import type { Site } from './site';

/** From opening an invitation's link to a chat that can be written in, each in a profile that knows nothing yet, ms. */
export async function joinTimes(site: Site, count: number): Promise<readonly number[]> {
  const browser = await launchBrowser();
  try {
    const times: number[] = [];
    for (let index = 0; index < count; index++) times.push(await joinOnce(site, browser));
    return times;
  } finally {
    await browser.close();
  }
}

async function joinOnce({ desk }: Site, browser: Browser): Promise<number> {
  const { sessionId } = await desk.startSession();
  const link = await desk.invite(sessionId);
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  const begun = performance.now();
  await page.goto(link, { waitUntil: 'commit' });
  await page.getByRole('button', { name: 'Join the session' }).click();
  await page.getByRole('textbox', { name: /Write/, disabled: false }).waitFor();
  const time = performance.now() - begun;
  await context.close();
  await desk.endSession(sessionId);
  return time;
}
