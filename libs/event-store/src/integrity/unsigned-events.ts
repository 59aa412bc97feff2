import type { ListOfEvents, SignedCheckpoint } from '@deskside/domain';
import type { RecordedEvent } from '../event-store';
import { INTEGRITY_STREAM, stateOf, treeOf } from './checkpoint';
import type { LogState } from './checkpoint';
import { encodeList } from './event-list';
import { MerkleTree } from './merkle-tree';

type Listed = Pick<RecordedEvent, 'stream' | 'revision' | 'hash'>;
type Last = Pick<RecordedEvent, 'position' | 'hash'>;

/** The log as far as somebody has followed it, and the events in it that no checkpoint covers yet. */
export class UnsignedEvents {
  #tree = new MerkleTree();
  #last: Last | null = null;
  /** Size of the last state that was signed, by whomever: the log may not have been followed up to there yet. */
  #signedSize = 0;
  #unsigned: Listed[] = [];
  #worth = 0;

  /** How many of them are not about the log itself, and so worth a checkpoint. */
  get worth(): number {
    return this.#worth;
  }

  get size(): number {
    return this.#tree.size;
  }

  /** The last event that was added. */
  get last(): Last | null {
    return this.#last;
  }

  /** As it stands; null while it has no event. */
  get state(): LogState | null {
    return this.#last === null ? null : stateOf(this.#tree, this.#last);
  }

  /** @throws when the events of a stream do not stand one behind the other */
  get list(): ListOfEvents {
    return encodeList(this.#unsigned);
  }

  /** Nothing before this state is looked at again. */
  continueFrom(checkpoint: SignedCheckpoint, last: Last): void {
    this.#tree = treeOf(checkpoint);
    this.#last = last;
  }

  /** @returns whether no checkpoint covers it yet */
  add(event: RecordedEvent): boolean {
    const { stream, revision, hash } = event;
    this.#tree.add(hash);
    this.#last = event;
    if (this.#tree.size <= this.#signedSize) return false;
    this.#unsigned.push({ stream, revision, hash });
    if (stream !== INTEGRITY_STREAM) this.#worth += 1;
    return true;
  }

  /** @returns false for what an earlier state covers as well */
  signedUpTo(size: number): boolean {
    if (size <= this.#signedSize) return false;
    this.#unsigned = this.#unsigned.slice(size - this.#signedSize);
    this.#signedSize = size;
    this.#worth = this.#unsigned.filter(({ stream }) => stream !== INTEGRITY_STREAM).length;
    return true;
  }
}
