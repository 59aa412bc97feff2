import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { listeningSockets } from '../testing/listening-sockets';
import { livekitBinary, newFolder, PlantUnderTest, removeFolder } from '../testing/plant-under-test';
import type { MediaPorts } from './livekit-config';
import { mediaFolder } from './media-folder';
import type { OwnLiveKitOptions } from './own-livekit';

// No guests here: what their library has open is handed on to every process that is started after them.
const folders: string[] = [];
const plants: PlantUnderTest[] = [];

beforeAll(async () => void (await livekitBinary()), 600_000);
afterEach(async () => {
  await Promise.all(plants.splice(0).map(({ plant }) => plant.close()));
  folders.splice(0).forEach(removeFolder);
});

/** What LiveKit listens at, without the numbers that the system chose. */
async function listensAt(options: Partial<OwnLiveKitOptions>): Promise<readonly string[]> {
  const dataDir = newFolder();
  folders.push(dataDir);
  const started = PlantUnderTest.start({ dataDir, ...options });
  plants.push(started);
  await started.ready();
  const { signalling, media } = JSON.parse(readFileSync(mediaFolder(dataDir).ports, 'utf8')) as MediaPorts;
  const sockets = await listeningSockets(started.own.pid ?? 0);
  return sockets.map((one) =>
    one
      .replace(`:${signalling}`, ':signalling')
      .replace(`:${media}`, ':media')
      // Without IPv6.
      .replace('tcp 0.0.0.0:', 'tcp6 [::]:'),
  );
}

const signalling = 'tcp 127.0.0.1:signalling';

describe('LiveKit listens', () => {
  it('on this machine only where nobody else takes part, and at nothing but its ports', async () => {
    const address = { ip: '127.0.0.1', onlyThisMachine: true } as const;
    expect(await listensAt({ address })).toEqual([signalling, 'udp 127.0.0.1:media']);
  });

  describe('at an address that the operator has named', () => {
    const cards = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    const outside = cards.find(({ internal, family }) => !internal && family === 'IPv4')?.address;
    const udp = outside === undefined ? [] : [`udp ${outside}:media`];
    // On a machine without a network no address is left to listen at: then nothing may be open instead.
    const address = { ip: outside ?? '198.51.100.1', onlyThisMachine: false, nowhereElse: true } as const;

    it('and at no other for UDP', async () => {
      expect(await listensAt({ address, overTcp: false })).toEqual([signalling, ...udp]);
    });

    it('but everywhere for TCP, since it can be told no address for it', async () => {
      expect(await listensAt({ address })).toEqual([signalling, 'tcp6 [::]:media', ...udp]);
    });
  });

  it('for TCP on a site of this machine only when that is wanted', async () => {
    const address = { ip: '127.0.0.1', onlyThisMachine: true } as const;
    expect(await listensAt({ address, overTcp: true })).toContain('tcp6 [::]:media');
  });
});
