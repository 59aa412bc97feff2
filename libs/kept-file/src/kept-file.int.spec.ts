import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { forgetKept, keepFile, readKeptJson } from './kept-file';

const schema = v.object({ port: v.number() });

describe('a small file that is kept', () => {
  let folder: string;
  let file: string;
  let told: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deskside-kept-'));
    file = join(folder, 'ports.json');
    told = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const read = (): unknown => readKeptJson(file, schema, (sentence) => void told.push(sentence));

  it('says what was written, to its owner alone, and nothing when there is none', () => {
    expect(read()).toBeNull();
    writeFileSync(file, '', { mode: 0o644 });
    keepFile(file, '{"port":4400}');
    expect([read(), statSync(file).mode & 0o777]).toEqual([{ port: 4400 }, 0o600]);
    forgetKept(file);
    expect([read(), told, readdirSync(folder)]).toEqual([null, [], []]);
  });

  it.each([
    ['is damaged', () => writeFileSync(file, 'garbage')],
    ['is damaged', () => writeFileSync(file, '{"port":"no number"}')],
    ['is empty', () => writeFileSync(file, '')],
    ['is a folder', () => mkdirSync(file)],
    ['cannot be read (ELOOP)', () => symlinkSync(file, file)],
  ])('and %s is moved aside and named in a sentence', (how, damage) => {
    damage();
    expect(read()).toBeNull();
    expect(told).toEqual([`${file} ${how}: it is made anew, and what was there is ${file}-damaged now.`]);
    expect(readdirSync(folder)).toEqual(['ports.json-damaged']);
    keepFile(file, '{"port":1}');
    expect(read()).toEqual({ port: 1 });
    expect(told).toHaveLength(1);
  });

  it('and is damaged again covers nothing that was moved aside before', () => {
    for (const text of ['first', 'second', 'third']) {
      writeFileSync(file, text);
      expect(read()).toBeNull();
    }
    const names = ['', '-2', '-3'].map((times) => `ports.json-damaged${times}`);
    expect(readdirSync(folder).sort()).toEqual(names);
    expect(names.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['first', 'second', 'third']);
    expect(told).toHaveLength(3);
  });
});
