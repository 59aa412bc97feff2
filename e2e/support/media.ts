import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { Deskside } from './deskside';

interface Watched {
  connections: RTCPeerConnection[];
}

/** Before a page's own scripts: every connection it makes can be asked what came over it. */
export async function watchConnections(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const watched: Watched = { connections: [] };
    Object.assign(globalThis, { watched });
    const Native = globalThis.RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Native {
      constructor(...given: ConstructorParameters<typeof RTCPeerConnection>) {
        super(...given);
        watched.connections.push(this);
      }
    };
  });
}

/** Energy of all sound that has come to the page so far (RTCInboundRtpStreamStats, `totalAudioEnergy`); it rises with the level. */
export async function soundHeard(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { connections } = (globalThis as unknown as { watched: Watched }).watched;
    const reports = await Promise.all(connections.map((connection) => connection.getStats()));
    const streams = reports.flatMap((report) => [...report.values()] as Record<string, unknown>[]);
    return streams
      .filter(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio')
      .reduce((sum, { totalAudioEnergy }) => sum + Number(totalAudioEnergy ?? 0), 0);
  });
}

/** The process id of the media server that this Deskside has started. */
export function mediaServerOf(deskside: Deskside): number {
  const kept = readFileSync(join(deskside.dataDir, 'media', 'process.json'), 'utf8');
  return (JSON.parse(kept) as { pid: number }).pid;
}
