import type { ConsentEvent } from '@deskside/domain';
import type { People } from './people';
import { sentence } from './sentence';
import type { PeopleValue } from './sentence';
import type { SentenceTable } from './sentence-table';

/** Whoever answers a request acts himself, so its owner is the actor. */
export const consentSentences: SentenceTable<ConsentEvent> = {
  PermissionRequested: ({ payload }, { people }) =>
    sentence('events.PermissionRequested', {
      name: people.named(payload.requestedBy),
      owner: people.named(payload.ownerId),
    }),
  PermissionRequestShown: ({ payload, actor }, { people }) =>
    sentence('events.PermissionRequestShown', {
      owner: people.acting(actor),
      until: { instant: payload.expiresAt },
    }),
  PermissionTimeExtended: ({ payload, actor }, { people }) =>
    sentence('events.PermissionTimeExtended', {
      owner: people.acting(actor),
      until: { instant: payload.expiresAt },
    }),
  PermissionApproved: ({ actor }, { people }) => sentence('events.PermissionApproved', { owner: people.acting(actor) }),
  PermissionNothingChosen: ({ payload, actor }, { people }) =>
    sentence(`events.PermissionNothingChosen.${payload.reason}`, { owner: people.acting(actor) }),
  PermissionGranted: ({ payload }, { people }) =>
    sentence(`events.PermissionGranted.${payload.resumes === null ? 'first' : 'again'}`, {
      owner: people.named(payload.ownerId),
      viewers: namesOf(payload.grantees, people),
    }),
  PermissionDenied: ({ actor }, { people }) => sentence('events.PermissionDenied', { owner: people.acting(actor) }),
  PermissionWithdrawn: ({ payload: { by } }, { people }) =>
    by === null
      ? sentence('events.PermissionWithdrawn.byItself')
      : sentence('events.PermissionWithdrawn.by', { name: people.named(by) }),
  PermissionTimedOut: () => sentence('events.PermissionTimedOut'),
  PermissionRevoked: ({ payload }, { people }) =>
    sentence('events.PermissionRevoked', { name: people.named(payload.by) }),
  PermissionEnded: ({ payload: { by, reason }, actor }, { people }) => {
    const name = by === null ? people.acting(actor) : people.named(by);
    return sentence(`events.PermissionEnded.${reason}`, { name });
  },
};

function namesOf(ids: readonly string[], people: People): PeopleValue {
  return {
    people: ids
      .map((id) => people.named(id))
      .filter((named) => 'personal' in named)
      .map(({ personal }) => personal),
  };
}
