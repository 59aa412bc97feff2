import { isLive } from '@deskside/domain';
import type { Grant, Invitation, KnownSession, Note, PermissionRequest } from '@deskside/domain';
import { sentence } from '../../history/sentence';
import type { PeopleValue, PersonalValue, Sentence, TermsValue } from '../../history/sentence';
import { opened } from '../../history/sentence-table';
import type { Facts } from './state-rows';

/** What is done in a session beside talking in lines: what was asked and is seen, voice, notes, invitations, devices. */
export function helpRows(session: KnownSession): readonly Facts[] {
  const live = Object.values(session.grants).filter(isLive);
  return [
    {
      label: 'history.state.shared',
      lines:
        live.length > 0 ? live.map((grant) => sharedOf(session, grant)) : [sentence('history.state.sharedNothing')],
    },
    ...some('requests', Object.values(session.requests), (request) => requestOf(session, request)),
    ...some('audio', Object.entries(session.audio), ([id, { muted }]) =>
      sentence(`history.state.${muted ? 'muted' : 'talks'}`, { name: named(session, id) }),
    ),
    ...some('notes', Object.values(session.notes), noteOf),
    ...some('invitations', Object.values(session.invitations), invitationOf),
    ...some('devices', Object.entries(session.devices), ([id, { browser, system }]) =>
      sentence('history.state.device', { name: named(session, id), browser, system }),
    ),
    ...some('report', session.reportedAt === null ? [] : [session.reportedAt], (instant) =>
      sentence('history.state.reportedAt', { time: { instant } }),
    ),
  ];
}

/** A row with a line for each, or no row for none. */
function some<T>(name: string, all: readonly T[], lineOf: (one: T) => Sentence): readonly Facts[] {
  return all.length === 0 ? [] : [{ label: `history.state.${name}`, lines: all.map(lineOf) }];
}

function named({ participants }: KnownSession, id: string): PersonalValue | TermsValue {
  const participant = participants[id];
  return participant === undefined ? { terms: ['history.actor.somebody'] } : opened(participant.name);
}

function namesOf(session: KnownSession, ids: readonly string[]): PeopleValue {
  const names = ids.map((id) => named(session, id));
  return { people: names.filter((name) => 'personal' in name).map(({ personal }) => personal) };
}

function sharedOf(session: KnownSession, { ownerId, grantees, grantedAt }: Grant): Sentence {
  return sentence('history.state.screenSeen', {
    owner: named(session, ownerId),
    viewers: namesOf(session, grantees),
    time: { instant: grantedAt },
  });
}

function requestOf(session: KnownSession, { requestedBy, ownerId, status }: PermissionRequest): Sentence {
  return sentence(`history.state.request.${status}`, {
    name: named(session, requestedBy),
    owner: named(session, ownerId),
  });
}

function noteOf({ versions }: Note): Sentence {
  const last = versions.at(-1);
  return sentence('history.state.note', {
    version: versions.length,
    text: last === undefined ? '' : opened(last.text),
  });
}

/** An invitation by mail that has been used or withdrawn says so, else how its sending stands. */
function invitationOf({ channel, recipient, status, sending }: Invitation): Sentence {
  const state = status === 'open' && sending.status !== 'none' ? sending.status : status;
  const how: TermsValue = { terms: [`history.state.channel.${channel}`] };
  if (recipient === null) return sentence(`history.state.invitation.${state}`, { to: how });
  return sentence(`history.state.invitationTo.${state}`, { to: how, recipient: opened(recipient) });
}
