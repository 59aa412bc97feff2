import { statSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';

/** Which file it is, whatever it is called: nobody else has the same numbers while somebody has it open. */
export interface FileIdentity {
  readonly device: bigint;
  readonly inode: bigint;
}

/** The file that this path leads to; undefined when there is none. @throws when it cannot be looked at */
export function identityOf(path: string): FileIdentity | undefined {
  const found: BigIntStats | undefined = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && { device: found.dev, inode: found.ino };
}

/** A path that has to lead to one certain file. */
export interface WatchedFile {
  readonly path: string;
  /** Absent: the one that is there when the watch begins. */
  readonly identity?: FileIdentity | undefined;
}

/**
 * Whether an open database is still where the next start looks for it. A file that is deleted, renamed or replaced can be
 * written on, but nobody will ever find what is written; the same is true of its write-ahead log. A look takes a few
 * microseconds and makes nothing.
 */
export class FileWatch {
  readonly #watched: readonly WatchedFile[];

  /** @param file the database, which must be open and have been read from or written to: that makes its write-ahead log */
  constructor(file: WatchedFile) {
    const log = { path: `${file.path}-wal`, identity: identityOf(`${file.path}-wal`) };
    const own = { path: file.path, identity: file.identity ?? identityOf(file.path) };
    this.#watched = log.identity === undefined ? [own] : [own, log];
  }

  /** Why what is written now would be lost, as the rest of a sentence about the database; null while it would not. */
  lost(): string | null {
    for (const { path, identity } of this.#watched) {
      const why = whyOther(path, identity);
      if (why !== null) return `${why}; nothing is written until the very same file is back`;
    }
    return null;
  }
}

function whyOther(path: string, expected: FileIdentity | undefined): string | null {
  try {
    const found = identityOf(path);
    if (found === undefined) return `its file ${path} is gone`;
    const isSame = found.device === expected?.device && found.inode === expected.inode;
    return isSame ? null : `another file has taken the place of ${path}`;
  } catch (error) {
    return `its file ${path} cannot be looked at (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`;
  }
}
