import type { SupportSession } from '@deskside/domain';
import type { FeedEvent } from '@deskside/ui';

/** A line of what was done in a session; `milliseconds` where it lasted. */
export interface Done {
  readonly kind: 'seen' | 'talked' | 'wrote' | 'noted';
  readonly count: number;
  readonly milliseconds: number;
}

/** What was done in a session that is over. Nothing that was not done has a line. */
export function doneIn(session: SupportSession, events: readonly FeedEvent[]): readonly Done[] {
  if (session.status !== 'ended') return [];
  const end = Date.parse(session.endedAt);
  const grants = Object.values(session.grants);
  const seenMs = grants.reduce(
    (sum, { grantedAt, ended }) => sum + (ended === null ? end : Date.parse(ended.at)) - Date.parse(grantedAt),
    0,
  );
  const lines: readonly Done[] = [
    { kind: 'seen', count: grants.length, milliseconds: seenMs },
    { kind: 'talked', count: 1, milliseconds: talkedMs(events, end) },
    { kind: 'wrote', count: session.chat.length, milliseconds: 0 },
    { kind: 'noted', count: Object.keys(session.notes).length, milliseconds: 0 },
  ];
  return lines.filter(({ kind, count, milliseconds }) => (kind === 'talked' ? milliseconds > 0 : count > 0));
}

/** How long at least two took part in the talk. */
function talkedMs(events: readonly FeedEvent[], end: number): number {
  const talking = new Set<string>();
  let total = 0;
  let since: number | null = null;
  for (const event of events) {
    note(talking, event);
    const at = Date.parse(event.occurredAt);
    if (talking.size > 1) since ??= at;
    else {
      total += at - (since ?? at);
      since = null;
    }
  }
  return total + end - (since ?? end);
}

function note(talking: Set<string>, { type, payload }: FeedEvent): void {
  const id = (payload as { readonly participantId?: string } | null)?.participantId ?? '';
  if (type === 'AudioJoined') talking.add(id);
  else if (leaves.has(type)) talking.delete(id);
}

const leaves: ReadonlySet<string> = new Set(['AudioLeft', 'ParticipantLeft', 'ParticipantRemoved']);
