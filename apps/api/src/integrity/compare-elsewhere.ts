import { printable, signedStatesBackwards } from '@deskside/event-store';
import type { CheckpointElsewhere, EventLogReader } from '@deskside/event-store';

type Log = Pick<EventLogReader, 'readStream'>;

/**
 * What a log lacks that is known elsewhere, in a sentence for the operator; null when it has all of it, or says why not: what
 * another key has signed says nothing. @param key public key of the site
 */
export async function lackOf(
  log: Log,
  { checkpoint, signedAt }: CheckpointElsewhere,
  key: string,
): Promise<string | null> {
  const { size, root } = checkpoint;
  const isThat = (known: { readonly size: string; readonly root: string }): boolean =>
    known.size === size && known.root === root;
  // Most often it is one of the last two.
  for await (const { kind, checkpoint: own, newer } of signedStatesBackwards(log)) {
    if (isThat(own)) return null;
    if (kind !== 'signed' && own.key === key && newer !== null && isThat(newer)) return null;
  }
  return printable(
    `The log is not the one of which ${size} events were signed on ${signedAt}, as the second place knows it: it was cut off, put back by hand, or changed.`,
  );
}

/**
 * The newest checkpoint of a log that can be kept elsewhere: signed by this key, and not overtaken by a loss, which it would
 * not excuse there. Null when there is none.
 */
export async function newestToKeep(log: Log, key: string): Promise<CheckpointElsewhere | null> {
  for await (const { kind, checkpoint, at } of signedStatesBackwards(log)) {
    if (kind === 'lossAccepted' || checkpoint.key !== key) return null;
    if (kind === 'signed') return { checkpoint, signedAt: at };
  }
  return null;
}
