import { INTEGRITY_STREAM, readSignedState } from '@deskside/event-store';
import type { CheckpointElsewhere, EventStore, SignedState } from '@deskside/event-store';

const statesAtOnce = 50;

/** What a log lacks that is known elsewhere, in a sentence for the operator; null when it has all of it, or says why not. */
export async function lackOf(
  store: Pick<EventStore, 'readStream'>,
  { checkpoint, signedAt }: CheckpointElsewhere,
): Promise<string | null> {
  const { size, root } = checkpoint;
  const isThat = (known: { readonly size: string; readonly root: string }): boolean =>
    known.size === size && known.root === root;
  // Most often it is one of the last two.
  for await (const { kind, checkpoint: own, newer } of statesBackwards(store)) {
    if (isThat(own)) return null;
    if (kind !== 'signed' && newer !== null && isThat(newer)) return null;
  }
  return `The log is not the one of which ${size} events were signed on ${signedAt}, as the second place knows it: it was cut off, put back by hand, or changed.`;
}

async function* statesBackwards(store: Pick<EventStore, 'readStream'>): AsyncGenerator<SignedState, void> {
  for (let from: bigint | undefined; from === undefined || from >= 0n;) {
    const options = { direction: 'backwards', maxCount: statesAtOnce, ...(from !== undefined && { from }) } as const;
    const events = await store.readStream(INTEGRITY_STREAM, options);
    for (const event of events) {
      const state = readSignedState(event);
      if (state?.isSigned) yield state;
    }
    const oldest = events.at(-1);
    if (oldest === undefined) return;
    from = oldest.revision - 1n;
  }
}
