import * as v from 'valibot';
import { declareEvent, everybodyInSession, personalText, representativesOnly, sessionRoles, uuid } from '../events';
import type { EventOf } from '../events';

const aboutParticipant = v.object({ participantId: uuid });

/** A further person has the number and asks to come in; the representative decides. */
export const JoinRequested = declareEvent({
  type: 'JoinRequested',
  version: 1,
  payload: v.object({ participantId: uuid, customerId: uuid, name: personalText('identity') }),
  personal: { name: 'identity' },
  visibleTo: ({ participantId }) => [...representativesOnly, { participant: participantId }],
});

export const JoinAdmitted = declareEvent({
  type: 'JoinAdmitted',
  version: 1,
  payload: aboutParticipant,
  personal: {},
  visibleTo: ({ participantId }) => [...representativesOnly, { participant: participantId }],
});

export const JoinRefused = declareEvent({
  type: 'JoinRefused',
  version: 1,
  payload: aboutParticipant,
  personal: {},
  visibleTo: ({ participantId }) => [...representativesOnly, { participant: participantId }],
});

/** The person who waited went away before the answer. */
export const JoinWithdrawn = declareEvent({
  type: 'JoinWithdrawn',
  version: 1,
  payload: aboutParticipant,
  personal: {},
  visibleTo: ({ participantId }) => [...representativesOnly, { participant: participantId }],
});

export const ParticipantJoined = declareEvent({
  type: 'ParticipantJoined',
  version: 1,
  payload: v.object({
    participantId: uuid,
    role: v.picklist(sessionRoles),
    /** Account of a representative, or the customer's own id. */
    personId: uuid,
    name: personalText('identity'),
  }),
  personal: { name: 'identity' },
  visibleTo: () => everybodyInSession,
});

/** Left for good, by an own act. */
export const ParticipantLeft = declareEvent({
  type: 'ParticipantLeft',
  version: 1,
  payload: aboutParticipant,
  personal: {},
  visibleTo: () => everybodyInSession,
});

/** Sent out by a representative. */
export const ParticipantRemoved = declareEvent({
  type: 'ParticipantRemoved',
  version: 1,
  payload: aboutParticipant,
  personal: {},
  visibleTo: () => everybodyInSession,
});

export type JoiningEvent =
  | EventOf<typeof JoinRequested>
  | EventOf<typeof JoinAdmitted>
  | EventOf<typeof JoinRefused>
  | EventOf<typeof JoinWithdrawn>
  | EventOf<typeof ParticipantJoined>
  | EventOf<typeof ParticipantLeft>
  | EventOf<typeof ParticipantRemoved>;
