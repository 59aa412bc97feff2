import * as v from 'valibot';
import { declareEvent, everybodyInSession, uuid } from '../events';
import type { EventOf } from '../events';

const aboutParticipant = {
  version: 1,
  payload: v.object({ participantId: uuid }),
  personal: {},
  visibleTo: () => everybodyInSession,
} as const;

/** The participant hears the others and may be heard: his own press, his own consent. */
export const AudioJoined = declareEvent({ type: 'AudioJoined', ...aboutParticipant });

/** The participant neither hears nor is heard any more. */
export const AudioLeft = declareEvent({ type: 'AudioLeft', ...aboutParticipant });

/** He hears and is not heard. */
export const AudioMuted = declareEvent({ type: 'AudioMuted', ...aboutParticipant });

export const AudioUnmuted = declareEvent({ type: 'AudioUnmuted', ...aboutParticipant });

export type AudioEvent =
  EventOf<typeof AudioJoined> | EventOf<typeof AudioLeft> | EventOf<typeof AudioMuted> | EventOf<typeof AudioUnmuted>;
