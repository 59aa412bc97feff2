/**
 * A sealed text that does not open, though nobody has destroyed its key: it was changed or moved, or its key was lost or
 * changed. It is not erased.
 */
export class TextUnreadable extends Error {
  readonly code = 'TEXT_UNREADABLE';

  /** @param why of what is not there or not what was written, without a word of the text */
  constructor(why: string, cause?: unknown) {
    super(`A personal text does not open: ${why}.`, { cause });
    this.name = 'TextUnreadable';
  }
}
