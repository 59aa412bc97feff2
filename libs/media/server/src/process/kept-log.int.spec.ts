import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { expectSoon } from '../contract/media-server-contract';
import { newFolder, PlantUnderTest, removeFolder } from '../testing/plant-under-test';
import { longest } from './kept-log';
import { mediaFolder } from './media-folder';

let dataDir: string;
let media: PlantUnderTest;
beforeEach(() => {
  dataDir = newFolder();
  media = PlantUnderTest.start({ dataDir });
});
afterEach(async () => {
  await media.plant.close();
  removeFolder(dataDir);
});

const stranger = (url: string): Promise<Response> => fetch(`${url}/rtc?access_token=guessed`);

describe('the log of a media server that runs for months', () => {
  it('is cut while it runs, since every stranger with a wrong token can make it longer', async () => {
    const url = await media.ready();
    const { log } = mediaFolder(dataDir);
    const before = statSync(log).size;
    await stranger(url);
    await expectSoon(async () => expect(statSync(log).size).toBeGreaterThan(before));
    appendFileSync(log, `${'x'.repeat(1023)}\n`.repeat(15 * 1024));
    await expectSoon(async () => expect(statSync(log).size).toBeLessThan(1024 * 1024));
    // Its last part, however long it had become since the last look.
    expect(statSync(`${log}.1`).size).toBe(longest);
    await stranger(url);
    await expectSoon(async () => expect(readFileSync(log, 'utf8')).toMatch(/^\{.*\}\n$/s));
  }, 120_000);
});
