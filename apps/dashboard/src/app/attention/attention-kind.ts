import type { FeedEvent } from '@deskside/ui';

/** What may call a representative back to a session. */
export const attentionKinds = [
  'joined',
  'message',
  'asks',
  'answer',
  'stopped',
  'away',
  'notSent',
  'reported',
] as const;
export type AttentionKind = (typeof attentionKinds)[number];

/** Which call an event is for the participant `me`; null for what needs nobody, above all one's own acts. */
export function attentionKindOf({ type, payload }: FeedEvent, me: string | undefined): AttentionKind | null {
  const fields = payload as Readonly<Record<string, unknown>>;
  switch (type) {
    case 'ParticipantJoined':
      return String(fields['role']).endsWith('Customer') ? 'joined' : null;
    case 'ChatMessageSent':
      return fields['authorId'] === me ? null : 'message';
    case 'JoinRequested':
      return 'asks';
    case 'ParticipantDisconnected':
      return fields['participantId'] === me ? null : 'away';
    case 'PermissionGranted':
    case 'PermissionDenied':
    case 'PermissionTimedOut':
    case 'PermissionNothingChosen':
      return 'answer';
    case 'PermissionRevoked':
    case 'PermissionEnded':
      return fields['by'] === me ? null : 'stopped';
    case 'InvitationFailed':
      return fields['retryAt'] === null ? 'notSent' : null;
    case 'SessionReported':
      return 'reported';
    default:
      return null;
  }
}
