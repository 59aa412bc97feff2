import type { Instant } from '../decider';
import { isLive, isOpenRequest } from '../session-state';
import type { Grant, KnownSession, PermissionRequest } from '../session-state';
import type { SupportSessionCommand } from '../support-session';
import { at, id, sealed } from './given-when-then';
import { sessionSubject } from './session-story';
import type { Person } from './session-story';

/** What people try besides coming, going and talking: to see, to speak, to write down, to invite, to report. */
export const helpMoves = [
  ...(['ask', 'show', 'extend', 'approve', 'nothingChosen', 'grant', 'deny', 'withdrawQuestion', 'timeOut'] as const),
  ...(['revoke', 'endShare', 'resume', 'joinAudio', 'leaveAudio', 'mute', 'unmute', 'saveNote', 'describe'] as const),
  ...(['invite', 'resend', 'mailSent', 'mailFailed', 'withdrawInvitation', 'joinByLink'] as const),
] as const;
export const rareHelpMoves = ['report', 'review'] as const;

export type HelpMove = (typeof helpMoves)[number] | (typeof rareHelpMoves)[number];

/** How it goes when nobody interferes. */
export const helpEpisodes: readonly (readonly HelpMove[])[] = [
  ['ask', 'show', 'approve', 'grant', 'revoke'],
  ['ask', 'show', 'extend', 'approve', 'nothingChosen', 'approve', 'grant', 'endShare', 'resume'],
  ['ask', 'show', 'deny'],
  ['ask', 'show', 'timeOut'],
  ['ask', 'withdrawQuestion', 'approve'],
  ['joinAudio', 'mute', 'unmute', 'leaveAudio'],
  ['invite', 'mailFailed', 'resend', 'mailSent', 'joinByLink', 'joinByLink'],
  ['invite', 'withdrawInvitation', 'joinByLink'],
  ['saveNote', 'saveNote', 'saveNote'],
  ['describe', 'ask'],
  ['report', 'review', 'saveNote'],
];

export interface Trying {
  readonly n: number;
  readonly now: Instant;
  readonly pick: number;
  readonly who: Person;
  readonly csr: Person;
  readonly newcomer: { readonly participantId: string; readonly customerId: string; readonly name: Person['name'] };
}

type Intent = Pick<SupportSessionCommand, 'type' | 'payload'>;

/** The command of a move; mostly by whom it suits and about what is there, sometimes not. */
export function helpIntent(kind: HelpMove, session: KnownSession, tried: Trying): Intent {
  return consentIntent(kind, session, tried) ?? invitationIntent(kind, session, tried) ?? otherIntent(kind, tried);
}

function consentIntent(kind: HelpMove, session: KnownSession, tried: Trying): Intent | undefined {
  return questionIntent(kind, session, tried) ?? shareIntent(kind, session, tried);
}

function questionIntent(kind: HelpMove, session: KnownSession, { n, pick, who, csr }: Trying): Intent | undefined {
  const asked = questionOf(session, pick);
  const requestId = asked?.id ?? id(3999);
  const owner = asked === undefined || pick % 7 === 0 ? who.participantId : asked.ownerId;
  const byOwner = { requestId, by: owner };
  switch (kind) {
    case 'ask': {
      const by = pick % 5 === 0 ? who.participantId : csr.participantId;
      const what = { capability: 'desktop', access: 'view' } as const;
      return { type: 'RequestPermission', payload: { requestId: id(3000 + n), ...what, by } };
    }
    case 'show':
      return { type: 'ShowRequest', payload: byOwner };
    case 'extend':
      return { type: 'ExtendRequest', payload: byOwner };
    case 'approve':
      return { type: 'ApproveRequest', payload: byOwner };
    case 'nothingChosen':
      return { type: 'ReportNothingChosen', payload: { ...byOwner, reason: 'nothingChosen' } };
    case 'grant':
      return { type: 'GrantPermission', payload: { ...byOwner, grantId: id(4000 + n), surface: surfaceBy(pick) } };
    case 'deny':
      return { type: 'DenyRequest', payload: byOwner };
    case 'withdrawQuestion':
      return { type: 'WithdrawRequest', payload: { requestId, by: csr.participantId } };
    case 'timeOut':
      return { type: 'TimeOutRequest', payload: { requestId } };
    default:
      return undefined;
  }
}

function shareIntent(kind: HelpMove, session: KnownSession, { n, pick, who, csr }: Trying): Intent | undefined {
  const share = shareOf(session, pick);
  const grantId = share?.id ?? id(4999);
  const by = share === undefined || pick % 7 === 0 ? who.participantId : share.ownerId;
  switch (kind) {
    case 'revoke':
      return { type: 'RevokePermission', payload: { grantId, by } };
    case 'endShare':
      return pick % 3 === 0
        ? { type: 'EndPermission', payload: { grantId, by: csr.participantId, reason: 'endedByViewer' } }
        : { type: 'EndPermission', payload: { grantId, by, reason: 'pageClosed' } };
    case 'resume': {
      const payload = { endedGrantId: grantId, grantId: id(4000 + n), by, surface: surfaceBy(pick) };
      return { type: 'ResumePermission', payload };
    }
    default:
      return undefined;
  }
}

function surfaceBy(pick: number): 'window' | 'monitor' {
  return pick % 6 === 0 ? 'window' : 'monitor';
}

function invitationIntent(kind: HelpMove, session: KnownSession, tried: Trying): Intent | undefined {
  const { n, pick, csr, newcomer } = tried;
  const known = Object.values(session.invitations);
  const chosen = known[pick % Math.max(known.length, 1)];
  const invitationId = chosen?.id ?? id(5999);
  const attempt = chosen === undefined || chosen.sending.status === 'none' ? 1 : chosen.sending.attempt;
  const by = csr.participantId;
  switch (kind) {
    case 'invite': {
      const channel = (['email', 'email', 'phone', 'instantMessage'] as const)[pick % 4] ?? 'email';
      const recipient = sealed(sessionSubject, 'content', `recipient-${n}`);
      return { type: 'InviteCustomer', payload: { invitationId: id(5000 + n), channel, recipient, locale: 'en', by } };
    }
    case 'resend':
      return { type: 'ResendInvitation', payload: { invitationId, by } };
    case 'withdrawInvitation':
      return { type: 'WithdrawInvitation', payload: { invitationId, by } };
    case 'mailSent':
      return { type: 'NoteInvitationSent', payload: { invitationId, attempt } };
    case 'mailFailed': {
      const reason = 'recipientRefused';
      return {
        type: 'NoteInvitationFailed',
        payload: { invitationId, attempt, reason, retryAt: pick % 2 ? at(n) : null },
      };
    }
    case 'joinByLink':
      return { type: 'JoinByInvitation', payload: { invitationId, ...newcomer } };
    default:
      return undefined;
  }
}

function otherIntent(kind: HelpMove, { n, pick, who, csr }: Trying): Intent {
  const { participantId } = who;
  switch (kind) {
    case 'joinAudio':
      return { type: 'JoinAudio', payload: { participantId, muted: pick % 2 === 0 } };
    case 'leaveAudio':
      return { type: 'LeaveAudio', payload: { participantId } };
    case 'mute':
      return { type: 'MuteAudio', payload: { participantId } };
    case 'unmute':
      return { type: 'UnmuteAudio', payload: { participantId } };
    case 'saveNote': {
      const text = sealed(sessionSubject, 'content', `note-${n}`);
      return {
        type: 'SaveNote',
        payload: { noteId: id(6000 + (pick % 3)), basedOn: pick % 4, by: csr.participantId, text },
      };
    }
    case 'describe': {
      const device = {
        browser: 'Firefox',
        system: 'Windows',
        form: 'desktop',
        microphones: pick % 2,
        cameras: 0,
      } as const;
      return {
        type: 'DescribeDevice',
        payload: { participantId, device: { ...device, canShareScreen: pick % 9 !== 0 } },
      };
    }
    case 'report':
      return pick % 2 === 0
        ? { type: 'ReportSession', payload: { via: 'number', participantId: null } }
        : { type: 'ReportSession', payload: { via: 'participant', participantId } };
    default:
      return { type: 'ReviewSessionReport', payload: { by: csr.personId } };
  }
}

/** Mostly a question that is open. */
function questionOf(session: KnownSession, n: number): PermissionRequest | undefined {
  const all = Object.values(session.requests);
  return all.find((request) => n % 8 !== 0 && isOpenRequest(request)) ?? all[n % Math.max(all.length, 1)];
}

/** Mostly a share that runs. */
function shareOf(session: KnownSession, n: number): Grant | undefined {
  const all = Object.values(session.grants);
  return all.find((grant) => n % 4 !== 0 && isLive(grant)) ?? all.at(-1);
}
