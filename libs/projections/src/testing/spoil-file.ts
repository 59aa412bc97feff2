import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { SampleRandom } from './sample-random';

/** `key`: one byte of an index, whose pages stay well formed. */
export type SpoiltPart = 'header' | 'table' | 'index' | 'key' | 'search' | 'schema';

/** Puts other bytes over the greater part of pages that belong to the part. The file's write-ahead log must be empty. */
export function spoilFile(file: string, part: SpoiltPart, seed: number): void {
  const random = new SampleRandom(seed);
  const { pages, size } = pagesOf(file, part);
  const descriptor = openSync(file, 'r+');
  for (const page of pages) {
    const [from, length] = stretchOf(part, size, random);
    const before = Buffer.alloc(length);
    readSync(descriptor, before, 0, length, (page - 1) * size + from);
    const bytes = Buffer.from(before.map((byte) => byte ^ (1 + random.below(255))));
    writeSync(descriptor, bytes, 0, length, (page - 1) * size + from);
  }
  closeSync(descriptor);
}

/** Pages are filled from their end: what stands before the middle may be free. */
function stretchOf(part: SpoiltPart, size: number, random: SampleRandom): readonly [from: number, length: number] {
  if (part === 'header') return [0, 100];
  if (part === 'key') return [size - 1, 1];
  const from = size / 4 + random.below(size / 4);
  return [from, size - from];
}

/** Numbers of pages as SQLite counts them, from 1. */
function pagesOf(file: string, part: SpoiltPart): { readonly pages: readonly number[]; readonly size: number } {
  const db = new DatabaseSync(file, { readOnly: true });
  const size = Number(db.prepare('PRAGMA page_size').get()?.['page_size']);
  const roots = (where: string): readonly number[] =>
    db
      .prepare(`SELECT rootpage FROM sqlite_schema WHERE rootpage > 0 AND ${where} ORDER BY rootpage`)
      .all()
      .map((row) => Number(row['rootpage']));
  const pages = {
    header: () => [1],
    schema: () => [1],
    table: () => roots(`type = 'table' AND name NOT LIKE 'person_gram%' AND name <> 'projection_state'`),
    index: () => roots(`type = 'index'`),
    key: () => roots(`type = 'index'`),
    search: () => roots(`name LIKE 'person_gram_data' OR name LIKE 'person_gram_idx'`),
  }[part]();
  db.close();
  return { pages, size };
}
