import { closeSync, openSync, writeSync } from 'node:fs';
import { keepFile, readKept } from '@deskside/kept-file';
import type { OnDamagedFile } from '@deskside/kept-file';
import * as v from 'valibot';
import type { KnownHead } from './log-audit';

/** Bytes of the file: written over in one piece each time. */
const SIZE = 192;
const schema = v.object({
  position: v.pipe(v.string(), v.regex(/^[\d/]+$/)),
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});

/** @throws when it is not the text of such a file */
export function headIn(text: string): KnownHead {
  const { position, hash } = v.parse(schema, JSON.parse(text));
  return { position, hash: Buffer.from(hash, 'hex') };
}

/** The newest event that was written, as the file beside the log says; null where it says nothing. */
export function readHead(file: string, onDamaged: OnDamagedFile = () => undefined): KnownHead | null {
  return readKept(file, headIn, onDamaged);
}

/**
 * Notes the head after each commit. Nothing waits for the disk here: a process that is killed loses none of it but perhaps
 * the last group, a machine that loses its power may come back with an older head, which then hides what was cut off
 * behind it.
 */
export class HeadFile {
  readonly #path: string;
  readonly #text = Buffer.alloc(SIZE);
  #file: number | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** On a disk that takes nothing the older head stays, which claims no more than is true. */
  write({ position, hash }: KnownHead): void {
    this.#text.fill(' ');
    this.#text.write(`{"position":"${position}","hash":"${Buffer.from(hash).toString('hex')}"}`);
    this.#text.write('\n', SIZE - 1);
    try {
      if (this.#file === null) this.#file = this.#made();
      else writeSync(this.#file, this.#text, 0, SIZE, 0);
    } catch {
      // Said above.
    }
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
  }

  /** The first time in one piece with its text: a thread can be killed between any two calls. */
  #made(): number {
    keepFile(this.#path, this.#text.toString('latin1'));
    return openSync(this.#path, 'r+');
  }
}
