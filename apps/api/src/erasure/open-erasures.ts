import type { Log } from '../log/logger';
import { ErasureReview } from './erasure-review';
import { Erasures } from './erasures';

/** Of the read models, which an event tells what to forget; of what goes without one they must be told otherwise. */
interface NamesInTheClear {
  /** Before they are opened. */
  discard(): void;
  /** Before a key goes: a server that is killed now must not keep them. */
  outdated(): void;
  /** Makes them again from what can still be read. */
  rebuild(): Promise<void>;
}

type Parts = ConstructorParameters<typeof Erasures>[0] & {
  readonly log: Log;
  readonly toClose: (name: string, part: { close(): unknown }) => void;
  readonly names: NamesInTheClear;
};

/**
 * Settles once nobody can read what is erased, by the log or by the second place. The review goes on with the rest when it
 * is run.
 */
export async function openErasures({ log, toClose, names, ...parts }: Parts): Promise<{
  readonly erasures: Erasures;
  readonly review: ErasureReview;
}> {
  const erasures = new Erasures(parts);
  toClose('erasures', erasures);
  await erasures.start((error) => log.error('erasures stopped', error));
  const review = new ErasureReview({
    ...{ ...parts, log, outdated: () => names.outdated() },
    found: async (keys, isInLog) => {
      log.warn('keys of erased data were still there', { keys: keys.length });
      erasures.refresh(keys);
      // The read models have been told by the event, if there is one.
      if (!isInLog) await names.rebuild();
    },
  });
  toClose('review of erasures', review);
  await review.eraseListed(() => names.discard());
  return { erasures, review };
}
