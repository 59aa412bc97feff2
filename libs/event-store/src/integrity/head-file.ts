import { closeSync, constants, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import * as v from 'valibot';
import type { KnownHead } from './log-audit';

/** Bytes of the file: written over in one piece each time. */
const SIZE = 128;
const schema = v.object({
  position: v.pipe(v.string(), v.regex(/^[\d/]+$/)),
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});

export interface FoundHead {
  /** The newest event that was written; null where nothing says so. */
  readonly head: KnownHead | null;
  /** Why the file says nothing although it is there; the log itself has all that was written all the same. */
  readonly damage: string | null;
}

export function readHead(file: string): FoundHead {
  try {
    const text = readFileSync(file, 'utf8');
    if (text === '') return { head: null, damage: null }; // a process was killed before its first word
    const { position, hash } = v.parse(schema, JSON.parse(text));
    return { head: { position, hash: Buffer.from(hash, 'hex') }, damage: null };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { head: null, damage: null };
    const why = error instanceof Error ? error.message : String(error);
    return { head: null, damage: `${file} is damaged (${why}) and is made again.` };
  }
}

/**
 * Notes the head after each commit. Nothing waits for the disk here: a process that is killed loses none of it, a machine
 * that loses its power may come back with an older head, which then hides what was cut off behind it.
 */
export class HeadFile {
  readonly #file: number;
  readonly #text = Buffer.alloc(SIZE);
  #isTrimmed = false;

  constructor(file: string) {
    // Neither emptied, as `w` would, nor written at its end only, as `a` does.
    this.#file = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600);
  }

  /** On a disk that takes nothing the older head stays, which claims no more than is true. */
  write({ position, hash }: KnownHead): void {
    this.#text.fill(' ');
    this.#text.write(`{"position":"${position}","hash":"${Buffer.from(hash).toString('hex')}"}`);
    this.#text.write('\n', SIZE - 1);
    try {
      writeSync(this.#file, this.#text, 0, SIZE, 0);
      this.#trim();
    } catch {
      // Said above.
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  /** What stood there before may have been longer. */
  #trim(): void {
    if (this.#isTrimmed) return;
    ftruncateSync(this.#file, SIZE);
    this.#isTrimmed = true;
  }
}
