import type { PastEvent } from '../session-history/past-event';
import { kindOf } from '../../history/event-kinds';

export const laneNames = ['consent', 'audio', 'chat', 'notes', 'invitations', 'people', 'system'] as const;
export type LaneName = (typeof laneNames)[number];

/** Times are milliseconds since 1970. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** `asked`: a question waits; `live`: something is seen; `talk`: somebody takes part in the talk. */
  readonly kind: 'asked' | 'live' | 'talk';
}

/** What a session was made of, side by side on one clock. */
export interface Lane {
  readonly name: LaneName;
  readonly stretches: readonly Stretch[];
  /** Times of its events. */
  readonly marks: readonly number[];
}

/** Lanes that had nothing in this session are left out. */
export function lanesOf(events: readonly PastEvent[]): readonly Lane[] {
  const end = timeOf(events.at(-1));
  const stretches = [...pairs(events, questions, end), ...pairs(events, grants, end), ...pairs(events, talk, end)];
  return laneNames
    .map((name) => ({
      name,
      stretches: stretches.filter(({ lane }) => lane === name).map(({ from, to, kind }) => ({ from, to, kind })),
      marks: [...new Set(events.filter(({ type }) => laneOf(type) === name).map(timeOf))],
    }))
    .filter(({ marks }) => marks.length > 0);
}

export function laneOf(type: string): LaneName {
  return laneByPrefix.find(([begin]) => begin.test(type))?.[1] ?? laneOfKind(type);
}

const laneByPrefix: readonly (readonly [RegExp, LaneName])[] = [
  [/^Permission/, 'consent'],
  [/^Audio/, 'audio'],
  [/^Chat/, 'chat'],
  [/^Note/, 'notes'],
  [/^(CustomerInvited|Invitation)/, 'invitations'],
];

function laneOfKind(type: string): LaneName {
  const kind = kindOf(type);
  return kind === 'people' || kind === 'presence' ? 'people' : 'system';
}

/** What begins with one event and ends with another, told apart by an id in both. */
interface Pairing {
  readonly lane: LaneName;
  readonly kind: Stretch['kind'];
  readonly id: string;
  readonly begins: readonly string[];
  readonly ends: readonly string[];
}

const questions: Pairing = {
  lane: 'consent',
  kind: 'asked',
  id: 'requestId',
  begins: ['PermissionRequested'],
  ends: ['PermissionGranted', 'PermissionDenied', 'PermissionWithdrawn', 'PermissionTimedOut'],
};
const grants: Pairing = {
  lane: 'consent',
  kind: 'live',
  id: 'grantId',
  begins: ['PermissionGranted'],
  ends: ['PermissionRevoked', 'PermissionEnded'],
};
const talk: Pairing = {
  lane: 'audio',
  kind: 'talk',
  id: 'participantId',
  begins: ['AudioJoined'],
  ends: ['AudioLeft', 'ParticipantLeft', 'ParticipantRemoved'],
};

function pairs(
  events: readonly PastEvent[],
  pairing: Pairing,
  end: number,
): readonly (Stretch & { readonly lane: LaneName })[] {
  const { lane, kind, id, begins, ends } = pairing;
  const found: (Stretch & { readonly lane: LaneName })[] = [];
  const open = new Map<unknown, number>();
  for (const event of events) {
    if (event.unreadable === true) continue;
    const which = ((event.payload ?? {}) as Readonly<Record<string, unknown>>)[id];
    const from = open.get(which);
    if (begins.includes(event.type) && from === undefined) open.set(which, timeOf(event));
    if (!ends.includes(event.type) || from === undefined) continue;
    found.push({ lane, kind, from, to: timeOf(event) });
    open.delete(which);
  }
  // What nobody ended reaches to the end of what is known.
  return [...found, ...[...open.values()].map((from) => ({ lane, kind, from, to: end }))];
}

function timeOf(event: PastEvent | undefined): number {
  return event === undefined ? 0 : Date.parse(event.occurredAt);
}
