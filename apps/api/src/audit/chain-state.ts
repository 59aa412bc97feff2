import { verifyChain } from '@deskside/event-store';
import type { EventStore, RecordedEvent } from '@deskside/event-store';
import type { ChainState } from '../graphql/generated/staff';
import { concerns } from './accepted-losses';
import type { AcceptedLoss } from './accepted-losses';

type Streams = readonly (readonly RecordedEvent[])[];
type Store = Pick<EventStore, 'integrity' | 'comparePositions'>;

/**
 * Whether each of these streams, read from its first event, follows from itself; the first that does not decides. In a damaged
 * log that proves nothing: whoever can write into its file can make every hash anew.
 */
export function chainStateOf(streams: Streams, store: Store, losses: readonly AcceptedLoss[]): ChainState {
  const events = streams.reduce((sum, stream) => sum + stream.length, 0);
  const isDamaged = store.integrity().status === 'damaged';
  const broken = brokenIn(streams);
  if (broken === null) {
    const lossAcceptedAt = acceptedAt(streams, store, losses);
    return { status: isDamaged ? 'logDamaged' : 'unbroken', events, brokenAtRevision: null, lossAcceptedAt };
  }
  const lossAcceptedAt = acceptedAt([broken.stream], store, losses);
  const status = lossAcceptedAt === null || isDamaged ? 'broken' : 'lossAccepted';
  return { status, events, brokenAtRevision: broken.revision, lossAcceptedAt };
}

function brokenIn(streams: Streams): { readonly stream: readonly RecordedEvent[]; readonly revision: number } | null {
  for (const stream of streams) {
    const verdict = verifyChain(stream);
    if (!verdict.whole) return { stream, revision: Number(verdict.revision) };
  }
  return null;
}

/** What began after that lost nothing by it. */
function acceptedAt(streams: Streams, store: Store, losses: readonly AcceptedLoss[]): string | null {
  const loss = losses.find((accepted) => {
    const earlier = streams.flatMap(([first]) =>
      first !== undefined && isBefore(first, accepted, store) ? first : [],
    );
    return (
      earlier.length > 0 &&
      concerns(
        accepted,
        earlier.map(({ stream }) => stream),
      )
    );
  });
  return loss?.at ?? null;
}

function isBefore(event: RecordedEvent, accepted: AcceptedLoss, store: Store): boolean {
  return store.comparePositions(event.position, accepted.position) < 0;
}
