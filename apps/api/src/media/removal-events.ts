import type { RecordedEvent } from '@deskside/event-store';

/** Events after which one participant has no part in a session any more. */
export const leaving = ['ParticipantLeft', 'ParticipantRemoved'] as const;
/** After which nobody has. */
export const ending = 'SessionEnded';
/** Events of accounts after which somebody may have lost their part in every session. */
export const barring = ['AccountDisabled', 'RolesWithdrawn'] as const;

export function sessionOf({ stream }: Pick<RecordedEvent, 'stream'>): string {
  return stream.replace(/^supportSession-/, '');
}
