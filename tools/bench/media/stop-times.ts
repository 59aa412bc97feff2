import { randomUUID } from 'node:crypto';
import { liveSession } from '../live/people';
import { BenchBrowser } from './page';
import type { Site } from './site';
import { CustomerDesk } from './staff-desk';
import { until } from './until';

/**
 * From a customer's revoke until the picture is gone at the far end, ms. The page that shows the screen is LiveKit's client
 * with the product's token: nothing in it hears of the revoke, so only the server can take the picture away.
 */
export async function stopTimes(site: Site, count: number): Promise<readonly number[]> {
  const { sessionId, bearer } = await liveSession(site.origin, site.desk.csr);
  const customer = new CustomerDesk(site.origin, bearer);
  const [near, far] = [await BenchBrowser.open('bench-bare.ts'), await BenchBrowser.open('bench-bare.ts')];
  try {
    await Promise.all([near.openEmpty(site.origin), far.openEmpty(site.origin)]);
    const url = `${site.origin.replace(/^http/, 'ws')}/media`;
    await near.join(url, (await customer.send<{ token: string }>('mediaAccess')).token);
    await far.join(url, await site.desk.mediaToken(sessionId));
    const times: number[] = [];
    for (let index = 0; index < count; index++) times.push(await stopOnce(site, { sessionId, customer, near, far }));
    return times;
  } finally {
    await Promise.all([near.close(), far.close()]);
  }
}

interface InSession {
  readonly sessionId: string;
  readonly customer: CustomerDesk;
  readonly near: BenchBrowser;
  readonly far: BenchBrowser;
}

async function stopOnce({ desk }: Site, { sessionId, customer, near, far }: InSession): Promise<number> {
  const requestId = await desk.requestView(sessionId);
  const grantId = randomUUID();
  await customer.send('showRequest', { commandId: randomUUID(), requestId });
  await customer.send('approveRequest', { commandId: randomUUID(), requestId });
  await customer.send('grantPermission', { commandId: grantId, requestId, surface: 'monitor' });
  await Promise.all([far.forget(), far.forgetGone()]);
  await near.show();
  await until('pictures come', async () => (await far.pictures()).length > 5);
  const revoke = customer.request('revokePermission', { commandId: randomUUID(), grantId });
  const begun = await near.page.evaluate(async ({ url, body, bearer }) => {
    const now = Date.now();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${bearer}` };
    const { errors } = (await (await fetch(url, { method: 'POST', headers, body })).json()) as { errors?: unknown };
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return now;
  }, revoke);
  let gone = 0;
  await until('the picture is gone', async () => (gone = await far.goneAt()) > 0);
  return gone - begun;
}
