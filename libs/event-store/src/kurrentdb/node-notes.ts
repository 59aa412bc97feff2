import type { OnDamagedFile } from '@deskside/kept-file';
import type { Position } from '../event-store';
import { HeadFile, readHead } from '../integrity';
import type { KnownHead } from '../integrity';
import { VerifiedMark } from './verified-mark';

export interface NoteFiles {
  /** Where this node remembers how far it has checked the log; without it each start checks all of it. */
  readonly verifiedFile?: string;
  /** Where this node notes the newest event that it has seen; without it a log that became shorter is not noticed. */
  readonly headFile?: string;
  /**
   * The log is taken as it is, whatever is missing: an operator has seen that. Nothing is noted before something was
   * appended, so that the next start finds what is missing as this one did. False when absent.
   */
  readonly acceptLoss?: boolean;
  /** Told when one of these files was damaged. */
  readonly onDamagedFile?: OnDamagedFile;
}

/** What a node notes beside itself of a log on a server: how far it has checked it, and the newest event that it has seen. */
export class NodeNotes {
  readonly #files: NoteFiles;
  readonly #mark: VerifiedMark;
  #head: HeadFile | null = null;
  #isNoting: boolean;

  constructor(files: NoteFiles) {
    this.#files = files;
    this.#mark = new VerifiedMark(files.verifiedFile, files.onDamagedFile ?? (() => undefined));
    this.#isNoting = files.acceptLoss !== true;
  }

  /** False in a log that is taken as it is. */
  get isNoting(): boolean {
    return this.#isNoting;
  }

  checkedUpTo(): Position | null {
    return this.#mark.load();
  }

  newest(): KnownHead | null {
    const { headFile, onDamagedFile } = this.#files;
    return headFile === undefined ? null : readHead(headFile, onDamagedFile);
  }

  /** From here on the newest event is noted: the log has what it is known to have. */
  beginHead(): void {
    if (this.#files.headFile !== undefined) this.#head = new HeadFile(this.#files.headFile);
  }

  noteHead(newest: KnownHead): void {
    this.#head?.write(newest);
  }

  /** From here on the log counts as it is. Noted at once: the feed may not bring this event before the store is closed. */
  appended(newest: KnownHead): void {
    if (this.#isNoting) return;
    this.#isNoting = true;
    this.beginHead();
    this.noteHead(newest);
  }

  noteCheckedNowAndThen(position: Position | null): void {
    if (this.#isNoting) this.#mark.saveNowAndThen(position);
  }

  close(checkedUpTo: Position | null): void {
    if (this.#isNoting) this.#mark.save(checkedUpTo);
    this.#head?.close();
  }
}
