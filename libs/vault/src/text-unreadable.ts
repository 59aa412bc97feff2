/**
 * A sealed text that does not open, though nobody has destroyed its key: it was changed or moved, or its key was lost or
 * changed. It is not erased.
 */
export class TextUnreadable extends Error {
  readonly code = 'TEXT_UNREADABLE';

  constructor(cause?: unknown) {
    super('A personal text does not open: it is not the one that was written there, or its key is not.', { cause });
    this.name = 'TextUnreadable';
  }
}
