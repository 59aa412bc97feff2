import type { KnownSession } from '@deskside/domain';
import type { FeedEvent } from '../session-feed/feed-event';

/** An event as a thin line: the end of its text's key below `sessionEvent`, and whom it names. */
export interface SessionLine {
  readonly sentence: string;
  readonly who: string | null;
}

type Fields = Readonly<Record<string, unknown>>;
type Teller = (fields: Fields, session: KnownSession) => Omit<SessionLine, 'who'> & { readonly who: unknown };

const aboutParticipant = [
  'SessionStarted',
  'SessionEnded',
  'JoinRequested',
  'JoinRefused',
  'JoinWithdrawn',
  'ParticipantJoined',
  'ParticipantLeft',
  'ParticipantRemoved',
  'ParticipantDisconnected',
  'ParticipantReturned',
  'AudioJoined',
  'AudioLeft',
  'SessionReported',
] as const;

/** Ends that another line of the same moment tells already. */
const silentEndings: readonly unknown[] = ['ownerLeft', 'viewersLeft', 'sessionEnded'];

const tellers: Readonly<Record<string, Teller | undefined>> = {
  ...Object.fromEntries(
    aboutParticipant.map((type) => [type, ({ participantId }: Fields) => ({ sentence: type, who: participantId })]),
  ),
  PermissionRequested: ({ requestedBy }) => ({ sentence: 'PermissionRequested', who: requestedBy }),
  PermissionGranted: ({ ownerId, resumes }) => ({
    sentence: `PermissionGranted.${resumes === null ? 'first' : 'again'}`,
    who: ownerId,
  }),
  PermissionDenied: (fields, session) => ({ sentence: 'PermissionDenied', who: ownerOf(fields, session) }),
  PermissionTimedOut: (fields, session) => ({ sentence: 'PermissionTimedOut', who: ownerOf(fields, session) }),
  PermissionNothingChosen: (fields, session) => ({
    sentence: `PermissionNothingChosen.${String(fields['reason'])}`,
    who: ownerOf(fields, session),
  }),
  PermissionWithdrawn: ({ by }) => ({ sentence: 'PermissionWithdrawn', who: by }),
  PermissionRevoked: ({ by }) => ({ sentence: 'PermissionRevoked', who: by }),
  PermissionEnded: ({ by, reason }) => ({ sentence: `PermissionEnded.${String(reason)}`, who: by }),
};

function ownerOf({ requestId }: Fields, session: KnownSession): string | undefined {
  return session.requests[String(requestId)]?.ownerId;
}

/** How an event stands in the chat; null for what says nothing to people, or nothing that another line does not say. */
export function sessionLine({ type, payload }: FeedEvent, session: KnownSession): SessionLine | null {
  const fields = (payload ?? {}) as Fields;
  const teller = Object.hasOwn(tellers, type) ? tellers[type] : undefined;
  if (teller === undefined || isSilent(type, fields)) return null;
  const { sentence, who } = teller(fields, session);
  return { sentence, who: typeof who === 'string' ? who : null };
}

function isSilent(type: string, { by, reason }: Fields): boolean {
  if (type === 'PermissionEnded') return silentEndings.includes(reason);
  return type === 'PermissionWithdrawn' && by === null;
}
