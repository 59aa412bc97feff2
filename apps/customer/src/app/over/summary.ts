import type { KnownSession } from '@deskside/domain';
import type { FeedEvent } from '@deskside/ui';

export interface Stretch {
  readonly from: string;
  readonly until: string;
}

/** What was done in a session, as its customer may know it. */
export interface Summary {
  /** When others saw this person's screen. */
  readonly seen: readonly Stretch[];
  /** Ids of those who could see it then. */
  readonly viewers: readonly string[];
  readonly talked: readonly Stretch[];
  /** Chat lines of everybody that this person could read, taken back or not. */
  readonly lines: number;
}

export interface SummaryOf {
  readonly session: KnownSession;
  readonly events: readonly FeedEvent[];
  readonly me: string;
  /** When it was over for this person. */
  readonly until: string;
}

export function summaryOf({ session, events, me, until }: SummaryOf): Summary {
  const grants = Object.values(session.grants).filter(({ ownerId }) => ownerId === me);
  return {
    seen: grants.map(({ grantedAt, ended }) => ({ from: grantedAt, until: ended?.at ?? until })),
    viewers: [...new Set(grants.flatMap(({ grantees }) => grantees))],
    talked: talkedIn(events, me, until),
    lines: session.chat.length,
  };
}

function talkedIn(events: readonly FeedEvent[], me: string, until: string): readonly Stretch[] {
  const talked: Stretch[] = [];
  let from: string | null = null;
  for (const { type, occurredAt, payload } of events) {
    if (!isAbout(payload, me)) continue;
    if (type === 'AudioJoined') from ??= occurredAt;
    if (type === 'AudioLeft' && from !== null) {
      talked.push({ from, until: occurredAt });
      from = null;
    }
  }
  return from === null ? talked : [...talked, { from, until }];
}

function isAbout(payload: unknown, me: string): boolean {
  return typeof payload === 'object' && payload !== null && 'participantId' in payload && payload.participantId === me;
}

/** All of them together, in milliseconds. */
export function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { from, until }) => sum + Math.max(0, Date.parse(until) - Date.parse(from)), 0);
}
