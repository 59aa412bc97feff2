import { mkdir, open, readFile, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { ErasedKey } from '@deskside/domain';
import { printable } from '@deskside/event-store';
import { replaceFile, syncFolder } from '../files/durable-files';
import type { InTurn } from './in-turn';
import { keysIn, toLine } from './key-lines';
import { SecondPlaceTrouble } from './second-place';
import type { ErasedKeyList, SecondPlace } from './second-place';

/** Longer than any line. */
const tailBytes = 64 * 1024;

export interface FolderOptions {
  /** Must be there: where a share is not mounted, nothing may be written beneath. */
  readonly folder: string;
  readonly siteId: string;
  /** What else is asked of this folder goes by it as well. */
  readonly turn: InTurn;
}

/** A folder such as a mounted share, with one folder in it for each site. */
export class FolderSecondPlace implements SecondPlace {
  readonly #root: string;
  readonly #folder: string;
  readonly #keys: string;
  readonly #checkpoint: string;
  readonly #turn: InTurn;

  constructor({ folder, siteId, turn }: FolderOptions) {
    this.#root = folder;
    this.#folder = join(folder, siteId);
    this.#keys = join(this.#folder, 'erased-keys.jsonl');
    this.#checkpoint = join(this.#folder, 'checkpoint.json');
    this.#turn = turn;
  }

  addErasedKeys(keys: readonly ErasedKey[]): Promise<void> {
    return this.#do(this.#keys, async () => {
      await this.#makeFolder();
      const file = await open(this.#keys, 'a+', 0o600);
      try {
        await cutHalfLine(file);
        await file.appendFile(keys.map(toLine).join(''));
        await file.sync();
      } finally {
        await file.close();
      }
      await syncFolder(this.#folder);
    });
  }

  erasedKeys(): Promise<ErasedKeyList | null> {
    return this.#do(this.#keys, async () => {
      const file = await this.#ifThere(() => open(this.#keys, 'r'));
      if (file === null) return null;
      try {
        const isCutOff = (await halfLineStart(file)) !== null;
        return await keysIn(file.readLines({ start: 0, autoClose: false }), { file: this.#keys, isCutOff });
      } finally {
        await file.close();
      }
    });
  }

  saveCheckpoint(checkpoint: unknown): Promise<void> {
    return this.#do(this.#checkpoint, async () => {
      await this.#makeFolder();
      await replaceFile(this.#checkpoint, `${JSON.stringify(checkpoint)}\n`);
    });
  }

  checkpoint(): Promise<unknown> {
    return this.#do(this.#checkpoint, async () => {
      const text = await this.#ifThere(() => readFile(this.#checkpoint, 'utf8'));
      return text === null ? null : this.#parsed(text);
    });
  }

  #parsed(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch (error) {
      const sentence = `${this.#checkpoint} is damaged: it holds no JSON.`;
      throw new SecondPlaceTrouble('SECOND_PLACE_DAMAGED', sentence, error);
    }
  }

  /** Null when the file is not there, though the folder is. */
  async #ifThere<Result>(read: () => Promise<Result>): Promise<Result | null> {
    try {
      return await read();
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      await stat(this.#root);
      return null;
    }
  }

  async #makeFolder(): Promise<void> {
    try {
      await mkdir(this.#folder, { mode: 0o700 });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      return;
    }
    await syncFolder(this.#root);
  }

  /** @param file what is read or written */
  async #do<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await this.#turn.run(work);
    } catch (error) {
      throw error instanceof SecondPlaceTrouble ? error : this.#unavailable(reasonOf(error, file), error);
    }
  }

  #unavailable(reason: string, cause?: unknown): SecondPlaceTrouble {
    const sentence = `The second place ${this.#root} cannot be used: ${reason}.`;
    return new SecondPlaceTrouble('SECOND_PLACE_UNAVAILABLE', sentence, cause);
  }
}

/** A line that a crash has cut off was never told to be written, and would spoil the one behind it. */
async function cutHalfLine(file: FileHandle): Promise<void> {
  const start = await halfLineStart(file);
  if (start !== null) await file.truncate(start);
}

/** Where a last line without its line break begins; null when there is none. */
async function halfLineStart(file: FileHandle): Promise<number | null> {
  const { size } = await file.stat();
  const start = Math.max(0, size - tailBytes);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
  const end = start + buffer.subarray(0, bytesRead).lastIndexOf('\n') + 1;
  return end < size ? end : null;
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | null)?.code;
}

function reasonOf(error: unknown, file: string): string {
  switch (codeOf(error)) {
    case 'ENOENT':
      return 'it is not there';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'it is no folder';
    case 'EISDIR':
      return `${file} is a folder where a file is needed`;
    case 'EACCES':
    case 'EPERM':
      return 'the server has no right to it';
    case 'EROFS':
      return 'it can only be read';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'its disk is full';
    default:
      return printable(error instanceof Error ? error.message : String(error));
  }
}
