import { keepFile, readKept } from '@deskside/kept-file';
import type { OnDamagedFile } from '@deskside/kept-file';
import type { Position } from '../event-store';
import { fromPosition } from './kurrent-position';

/** No more often than this, ms: it moves with every append. */
const SAVE_EVERY_MS = 10_000;

/** How far this node has checked the log, in a file of its own; losing it only means to check again. */
export class VerifiedMark {
  readonly #file: string | undefined;
  readonly #onDamaged: OnDamagedFile;
  #savedAt = -Infinity;

  /** @param file absent: nothing is remembered */
  constructor(file: string | undefined, onDamaged: OnDamagedFile) {
    this.#file = file;
    this.#onDamaged = onDamaged;
  }

  load(): Position | null {
    return this.#file === undefined ? null : readKept(this.#file, positionIn, this.#onDamaged);
  }

  saveNowAndThen(position: Position | null): void {
    if (performance.now() - this.#savedAt >= SAVE_EVERY_MS) this.save(position);
  }

  save(position: Position | null): void {
    if (this.#file === undefined || position === null) return;
    this.#savedAt = performance.now();
    try {
      keepFile(this.#file, `${position}\n`);
    } catch {
      // A full disk here costs the next start some time, nothing else.
    }
  }
}

function positionIn(text: string): Position {
  const position = text.trim() as Position;
  fromPosition(position);
  return position;
}
