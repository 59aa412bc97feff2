import type { EventOf, LogFinding, LogLossAccepted } from '@deskside/domain';
import { INTEGRITY_STREAM, wellFormedEnvelope } from '@deskside/event-store';
import type { Position, RecordedEvent, StreamName } from '@deskside/event-store';
import type { DesksideNode } from '../node/deskside-node';

type Payload = EventOf<typeof LogLossAccepted>['payload'];

/** What an operator accepted about the log: since then it counts as whole without what is missing. */
export interface AcceptedLoss {
  readonly at: string;
  readonly position: Position;
  /** Null when not all of it is named. */
  readonly findings: readonly LogFinding[] | null;
}

/** Far more than any log should ever need. */
const mostAcceptances = 100;

/** All that was accepted, the newest first, as far as it can be read: one that has another form accepts nothing. */
export async function acceptedLosses({
  readModels,
  store,
}: Pick<DesksideNode, 'readModels' | 'store'>): Promise<readonly AcceptedLoss[]> {
  const types = ['LogLossAccepted'];
  const { rows } = readModels.siteHistory.page({ before: null, types, limit: mostAcceptances });
  const read = rows.map(({ revision }) => store.readStream(INTEGRITY_STREAM, { from: BigInt(revision), maxCount: 1 }));
  return (await Promise.all(read)).flat().flatMap((event) => acceptedIn(event) ?? []);
}

function acceptedIn(recorded: RecordedEvent): AcceptedLoss | null {
  const envelope = recorded.type === 'LogLossAccepted' ? wellFormedEnvelope(recorded) : null;
  if (envelope === null) return null;
  const { losses, findings } = envelope.payload as Payload;
  const isAllNamed = findings !== undefined && findings.length < mostNamed && findings.length === losses.length;
  return { at: envelope.occurredAt, position: recorded.position, findings: isAllNamed ? findings : null };
}

/** An acceptance names no more than that. */
const mostNamed = 100;

/** Whether something of these streams may be among it: it is named, or nobody can say to which stream it belonged. */
export function concerns({ findings }: AcceptedLoss, streams: readonly StreamName[]): boolean {
  if (findings === null) return true;
  return findings.some((finding) =>
    'stream' in finding ? streams.some((name) => name === finding.stream) : takesAway(finding),
  );
}

/** That it was signed by another key, or not yet, takes nothing away. */
function takesAway({ kind }: LogFinding): boolean {
  return kind !== 'otherKey' && kind !== 'unsigned';
}
