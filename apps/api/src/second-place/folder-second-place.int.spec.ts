import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ErasedKey } from '@deskside/domain';
import { FolderSecondPlace } from './folder-second-place';
import { InTurn } from './in-turn';
import { WatchedSecondPlace } from './watched-second-place';

const siteId = '0b0f3c3e-0000-4000-8000-000000000001';
const line = (item: number): ErasedKey => ({ subject: 'supportSession-1', class: 'content', item });
const person: ErasedKey = { subject: 'customer-1', class: 'identity' };

describe('the folder that is the second place', () => {
  let root: string;
  let folder: string;
  let file: string;
  let place: FolderSecondPlace;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'deskside-second-'));
    folder = join(root, 'share');
    mkdirSync(folder);
    file = join(folder, siteId, 'erased-keys.jsonl');
    place = new FolderSecondPlace({ folder, siteId, turn: new InTurn() });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('has no list at first, an empty one after nothing was added, and then each key once', async () => {
    expect(await place.erasedKeys()).toBeNull();
    await place.addErasedKeys([]);
    expect(await place.erasedKeys()).toEqual({ keys: [], damage: null });
    await Promise.all([place.addErasedKeys([line(1), person]), place.addErasedKeys([line(2), line(1)])]);
    const again = new FolderSecondPlace({ folder, siteId, turn: new InTurn() });
    expect(await again.erasedKeys()).toEqual({ keys: [line(1), person, line(2)], damage: null });
    expect(readFileSync(file, 'utf8').split('\n')[0]).toBe('{"subject":"supportSession-1","class":"content","item":1}');
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(statSync(join(folder, siteId)).mode & 0o077).toBe(0);
  });

  it('passes by a last line that was cut off, and takes it away before the next one is written', async () => {
    await place.addErasedKeys([line(1)]);
    appendFileSync(file, '{"subject":"supportSes');
    expect(await place.erasedKeys()).toEqual({ keys: [line(1)], damage: null });
    await place.addErasedKeys([line(2)]);
    expect(await place.erasedKeys()).toEqual({ keys: [line(1), line(2)], damage: null });
  });

  it('names lines that are damaged, and gives the others', async () => {
    await place.addErasedKeys([line(1)]);
    appendFileSync(file, 'gone\n');
    await place.addErasedKeys([line(2)]);
    const sentence = `of ${file} cannot be read: what is erased by it is not known, and may be readable again.`;
    expect(await place.erasedKeys()).toEqual({ keys: [line(1), line(2)], damage: `Line 2 ${sentence}` });
    appendFileSync(file, '\0\0\n{}\n[]\n');
    expect((await place.erasedKeys())?.damage).toBe(`Lines 2, 4, 5 and 1 more ${sentence}`);
  });

  it('keeps the last checkpoint, whole', async () => {
    expect(await place.checkpoint()).toBeNull();
    await place.saveCheckpoint({ events: 1 });
    await place.saveCheckpoint({ events: 2 });
    expect(await place.checkpoint()).toEqual({ events: 2 });
    writeFileSync(join(folder, siteId, 'checkpoint.json'), '{"events":');
    await expect(place.checkpoint()).rejects.toMatchObject({
      code: 'SECOND_PLACE_DAMAGED',
      message: `${join(folder, siteId, 'checkpoint.json')} is damaged: it holds no JSON.`,
    });
  });

  it('says which of its files is a folder', async () => {
    const checkpoint = join(folder, siteId, 'checkpoint.json');
    for (const each of [file, checkpoint]) mkdirSync(each, { recursive: true });
    const refused = (of: string): object => ({
      code: 'SECOND_PLACE_UNAVAILABLE',
      message: `The second place ${folder} cannot be used: ${of} is a folder where a file is needed.`,
    });
    await expect(place.erasedKeys()).rejects.toMatchObject(refused(file));
    await expect(place.addErasedKeys([person])).rejects.toMatchObject(refused(file));
    await expect(place.checkpoint()).rejects.toMatchObject(refused(checkpoint));
    await expect(place.saveCheckpoint({ events: 1 })).rejects.toMatchObject(refused(checkpoint));
  });

  it('is told to be unusable in letters that no terminal obeys', async () => {
    const turn = { run: () => Promise.reject(new Error('\u001b[2J')) } as unknown as InTurn;
    await expect(new FolderSecondPlace({ folder, siteId, turn }).checkpoint()).rejects.toMatchObject({
      message: `The second place ${folder} cannot be used: ${String.raw`\u001b[2J`}.`,
    });
  });

  it.each([
    ['is away', 'it is not there', () => undefined],
    ['has a file in its place', 'it is no folder', () => writeFileSync(folder, '')],
  ])('that %s is said to be so, is not made, and is used again when it is back', async (_, reason, spoil) => {
    rmSync(folder, { recursive: true });
    spoil();
    const told: unknown[] = [];
    const watched = new WatchedSecondPlace(place, { info: (...it) => told.push(it), warn: (...it) => told.push(it) });
    const sentence = `The second place ${folder} cannot be used: ${reason}.`;
    const refused = { code: 'SECOND_PLACE_UNAVAILABLE', message: sentence };
    await expect(watched.addErasedKeys([person])).rejects.toMatchObject(refused);
    await expect(watched.addErasedKeys([person])).rejects.toMatchObject(refused);
    await expect(watched.erasedKeys()).rejects.toMatchObject(refused);
    await expect(watched.checkpoint()).rejects.toMatchObject(refused);
    expect(watched.trouble()).toBe(sentence);
    expect(existsSync(join(folder, siteId))).toBe(false);
    rmSync(folder, { force: true });
    mkdirSync(folder);
    await watched.addErasedKeys([person]);
    expect(await watched.erasedKeys()).toEqual({ keys: [person], damage: null });
    expect(watched.trouble()).toBeNull();
    expect(told).toEqual([['second place cannot be used', { reason: sentence }], ['second place can be used again']]);
  });
});

// https://man7.org/linux/man-pages/man4/full.4.html; nobody may make a folder in /sys.
it('a second place that is full, or takes nothing, is said to be so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'deskside-second-'));
  const [full, kept] = [folder, '/sys'].map((at) => new FolderSecondPlace({ folder: at, siteId, turn: new InTurn() }));
  mkdirSync(join(folder, siteId));
  symlinkSync('/dev/full', join(folder, siteId, 'erased-keys.jsonl'));
  await expect(full?.addErasedKeys([person])).rejects.toThrow('cannot be used: its disk is full.');
  await expect(kept?.addErasedKeys([person])).rejects.toThrow(
    /cannot be used: (the server has no right to it|it can only be read)\.$/,
  );
  rmSync(folder, { recursive: true });
});

describe('work in turn', () => {
  const never = (): Promise<never> => new Promise(() => undefined);

  it('has an end, and while one piece hangs no other is begun', async () => {
    const turn = new InTurn(20);
    let begun = 0;
    const counted = async (): Promise<void> => void (begun += 1);
    const late = 'it has given no answer for 0.02 seconds';
    await expect(turn.run(never)).rejects.toThrow(late);
    await expect(Promise.all([turn.run(counted), turn.run(counted)])).rejects.toThrow(late);
    expect(begun).toBe(0);
  });

  it('goes on when the piece that hung has ended, without what was given up meanwhile', async () => {
    const turn = new InTurn(20);
    const begun: string[] = [];
    let free = (): void => undefined;
    const hung = new Promise<void>((resolve) => (free = resolve));
    const named = (name: string) => async (): Promise<string> => {
      begun.push(name);
      return name;
    };
    await expect(turn.run(() => hung)).rejects.toThrow('no answer');
    await expect(turn.run(named('given up'))).rejects.toThrow('no answer');
    free();
    expect(await turn.run(named('next'))).toBe('next');
    expect(begun).toEqual(['next']);
  });
});
