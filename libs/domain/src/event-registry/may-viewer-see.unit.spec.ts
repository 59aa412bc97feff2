import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../decider';
import { sessionRoles } from '../events';
import type { SessionRole, Viewer } from '../events';
import { permissions } from '../permissions';
import type { Permission } from '../permissions';
import { addressed, author, samplePayloads } from '../test-support/sample-events';
import type { SampledType } from '../test-support/sample-events';
import { id } from '../test-support/given-when-then';
import { mayViewerSee } from './may-viewer-see';

/**
 * Who sees what, written by hand. `customers` and `representatives` are the two sides in the session, `author` and
 * `addressed` the two people of the samples whoever they are (waiting too), the rest permissions of staff.
 * `fromJoining`: customers see only what came after they had joined.
 */
interface Row {
  readonly type: SampledType;
  readonly seenBy: readonly ('customers' | 'representatives' | 'waiting' | 'author' | 'addressed' | Permission)[];
  readonly fromJoining?: true;
  readonly payload?: object;
  readonly variant?: string;
}

const all = ['customers', 'representatives', 'audit.read'] as const;
const askingToComeIn = ['representatives', 'addressed', 'audit.read'] as const;
const aboutAccounts = ['account.manage', 'audit.read'] as const;
const aboutSite = ['site.configure', 'audit.read'] as const;
const between = { to: addressed, authorId: author };

const table: readonly Row[] = [
  { type: 'SessionStarted', seenBy: ['representatives', 'audit.read'] },
  { type: 'SessionEnded', seenBy: [...all, 'waiting'] },
  { type: 'JoinRequested', seenBy: askingToComeIn },
  { type: 'JoinAdmitted', seenBy: askingToComeIn },
  { type: 'JoinRefused', seenBy: askingToComeIn },
  { type: 'JoinWithdrawn', seenBy: askingToComeIn },
  { type: 'ParticipantJoined', seenBy: all },
  { type: 'ParticipantLeft', seenBy: all },
  { type: 'ParticipantRemoved', seenBy: all },
  { type: 'ParticipantDisconnected', seenBy: all },
  { type: 'ParticipantReturned', seenBy: all },
  { type: 'ChatMessageSent', variant: 'to all', seenBy: all, fromJoining: true },
  { type: 'ChatMessageTakenBack', variant: 'to all', seenBy: all, fromJoining: true },
  {
    type: 'ChatMessageSent',
    variant: 'to one alone',
    payload: { ...samplePayloads.ChatMessageSent, ...between },
    seenBy: ['author', 'addressed', 'audit.read'],
    fromJoining: true,
  },
  {
    type: 'ChatMessageTakenBack',
    variant: 'to one alone',
    payload: { ...samplePayloads.ChatMessageTakenBack, ...between },
    seenBy: ['author', 'addressed', 'audit.read'],
    fromJoining: true,
  },

  { type: 'PermissionRequested', seenBy: all },
  { type: 'PermissionRequestShown', seenBy: all },
  { type: 'PermissionTimeExtended', seenBy: all },
  { type: 'PermissionApproved', seenBy: all },
  { type: 'PermissionNothingChosen', seenBy: all },
  { type: 'PermissionGranted', seenBy: all },
  { type: 'PermissionDenied', seenBy: all },
  { type: 'PermissionWithdrawn', seenBy: all },
  { type: 'PermissionTimedOut', seenBy: all },
  { type: 'PermissionRevoked', seenBy: all },
  { type: 'PermissionEnded', seenBy: all },
  { type: 'AudioJoined', seenBy: all },
  { type: 'AudioLeft', seenBy: all },
  { type: 'AudioMuted', seenBy: all },
  { type: 'AudioUnmuted', seenBy: all },

  { type: 'CustomerInvited', seenBy: ['representatives', 'audit.read'] },
  { type: 'InvitationResent', seenBy: ['representatives', 'audit.read'] },
  { type: 'InvitationSent', seenBy: ['representatives', 'audit.read'] },
  { type: 'InvitationFailed', seenBy: ['representatives', 'audit.read'] },
  { type: 'InvitationWithdrawn', seenBy: ['representatives', 'audit.read'] },
  { type: 'InvitationUsed', seenBy: ['representatives', 'audit.read'] },
  { type: 'NoteSaved', seenBy: ['representatives', 'audit.read'] },
  { type: 'SessionReported', seenBy: ['representatives', 'audit.read'] },
  { type: 'DeviceDescribed', seenBy: askingToComeIn },
  { type: 'SessionReportReviewed', seenBy: ['audit.read'] },

  { type: 'AccountCreated', seenBy: aboutAccounts },
  { type: 'AccountChanged', seenBy: aboutAccounts },
  { type: 'AccountDisabled', seenBy: aboutAccounts },
  { type: 'AccountEnabled', seenBy: aboutAccounts },
  { type: 'RolesGranted', seenBy: aboutAccounts },
  { type: 'RolesWithdrawn', seenBy: aboutAccounts },
  { type: 'AccountLinkIssued', seenBy: aboutAccounts },
  { type: 'PasswordChanged', seenBy: aboutAccounts },
  { type: 'SignedIn', seenBy: aboutAccounts },
  { type: 'SignedOut', seenBy: aboutAccounts },

  { type: 'SiteCreated', seenBy: aboutSite },
  { type: 'SiteSettingsChanged', seenBy: aboutSite },

  { type: 'ValueClaimed', seenBy: ['audit.read'] },
  { type: 'ValueReleased', seenBy: ['audit.read'] },

  { type: 'CommandRefused', seenBy: ['audit.read'] },
  { type: 'UnauthenticatedRefused', seenBy: ['audit.read'] },
  { type: 'SearchMade', seenBy: ['audit.read'] },
  { type: 'SessionReplayed', seenBy: ['audit.read'] },
  { type: 'SiteHistoryRead', seenBy: ['audit.read'] },
  { type: 'PersonalDataErased', seenBy: ['audit.read'] },
  { type: 'ProjectionRebuilt', seenBy: ['audit.read'] },
  { type: 'ProjectionPaused', seenBy: ['audit.read'] },
  { type: 'LogCheckpointSigned', seenBy: ['audit.read'] },
  { type: 'LogRestored', seenBy: ['audit.read'] },
  { type: 'LogLossAccepted', seenBy: ['audit.read'] },
  { type: 'ReportRun', seenBy: ['audit.read'] },
  { type: 'ReportExported', seenBy: ['audit.read'] },
  { type: 'TestMailSent', seenBy: ['audit.read'] },
  { type: 'DevelopmentMailboxRead', seenBy: ['audit.read'] },
];

/** Every event of the matrix stands here in its stream. */
const revision = 10;
const times = {
  'in before': { joinedRevision: 3, leftRevision: null },
  'joined by it': { joinedRevision: revision, leftRevision: null },
  'joined after': { joinedRevision: 11, leftRevision: null },
  'gone before': { joinedRevision: 3, leftRevision: 9 },
  'gone by it': { joinedRevision: 3, leftRevision: revision },
  'gone after': { joinedRevision: 3, leftRevision: 11 },
} as const;
type Time = keyof typeof times;
const relations = { author, addressed, bystander: id(3) } as const;
type Relation = keyof typeof relations;

type Column =
  | { readonly who: 'in session'; readonly role: SessionRole; readonly relation: Relation; readonly time: Time }
  | { readonly who: 'waiting'; readonly relation: Relation }
  | { readonly who: 'turned away'; readonly relation: Relation }
  | { readonly who: 'outsider' }
  | { readonly who: 'staff'; readonly permissions: readonly Permission[] };

const columns: readonly Column[] = [
  ...sessionRoles.flatMap((role) =>
    (Object.keys(relations) as Relation[]).flatMap((relation) =>
      (Object.keys(times) as Time[]).map((time) => ({ who: 'in session', role, relation, time }) as const),
    ),
  ),
  ...(Object.keys(relations) as Relation[]).flatMap(
    (relation) =>
      [
        { who: 'waiting', relation },
        { who: 'turned away', relation },
      ] as const,
  ),
  { who: 'outsider' },
  ...permissions.map((permission) => ({ who: 'staff', permissions: [permission] }) as const),
  { who: 'staff', permissions: [] },
  { who: 'staff', permissions: permissions.filter((permission) => permission !== 'audit.read') },
];

function viewerOf(column: Column): Viewer {
  switch (column.who) {
    case 'staff':
      return { kind: 'staff', permissions: new Set(column.permissions) };
    case 'in session':
      return {
        kind: 'participant',
        participantId: relations[column.relation],
        role: column.role,
        ...times[column.time],
      };
    case 'outsider':
      return { kind: 'participant', participantId: id(99), role: null, joinedRevision: null, leftRevision: null };
    case 'waiting':
    case 'turned away': {
      const leftRevision = column.who === 'waiting' ? null : 9;
      return {
        kind: 'participant',
        participantId: relations[column.relation],
        role: null,
        joinedRevision: null,
        leftRevision,
      };
    }
  }
}

/** The rules in words, apart from the code under test. */
function expected({ seenBy, fromJoining }: Row, column: Column): boolean {
  const named = new Set<string>(seenBy);
  switch (column.who) {
    case 'staff':
      return column.permissions.some((permission) => named.has(permission));
    case 'turned away':
      return false;
    case 'outsider':
      return named.has('waiting');
    case 'waiting':
      return fromJoining === undefined && (named.has(column.relation) || named.has('waiting'));
    case 'in session': {
      const { role, relation, time } = column;
      const isCustomer = role === 'primaryCustomer' || role === 'secondaryCustomer';
      if (time === 'gone before') return false;
      if (isCustomer && fromJoining && (time === 'joined by it' || time === 'joined after')) return false;
      return named.has(isCustomer ? 'customers' : 'representatives') || named.has(relation);
    }
  }
}

function see(column: Column, { type, payload = samplePayloads[type] }: Row, actor: Actor): boolean {
  return mayViewerSee(viewerOf(column), { type, payload, actor, revision });
}

const actors: readonly Actor[] = [
  { kind: 'system', id: 'system' },
  { kind: 'customer', id: id(20) },
  { kind: 'representative', id: id(10), sessionRole: 'primaryRepresentative' },
];
const cells = table.length * columns.length;

describe(`visibility: ${table.length} events x ${columns.length} viewers = ${cells} cells`, () => {
  it('has a row of every type', () => {
    expect([...new Set(table.map(({ type }) => type))].sort()).toEqual(Object.keys(samplePayloads).sort());
  });

  it.each(table.map((row) => [`${row.type} ${row.variant ?? ''}`.trim(), row] as const))(
    `%s: ${columns.length} cells, whoever acted`,
    (_, row) => {
      for (const actor of actors)
        expect(columns.map((column) => ({ ...column, sees: see(column, row, actor) }))).toEqual(
          columns.map((column) => ({ ...column, sees: expected(row, column) })),
        );
    },
  );

  it('shows something and hides something in every row, so that no cell is empty of meaning', () => {
    for (const row of table) {
      const answers = new Set(columns.map((column) => expected(row, column)));
      expect([...answers].sort()).toEqual([false, true]);
    }
  });
});

describe('a line said to one alone', () => {
  const lines = table.filter(({ variant }) => variant === 'to one alone');

  it.each(sessionRoles)('never reaches a third participant who is %s, nor one who waits', (role) => {
    for (const { type, payload } of lines)
      for (const [time, span] of Object.entries(times)) {
        const event = { type, payload, actor: actors[0] as Actor, revision };
        const third = { kind: 'participant', participantId: id(3) } as const;
        expect([time, mayViewerSee({ ...third, role, ...span }, event)]).toEqual([time, false]);
        expect(mayViewerSee({ ...third, role: null, joinedRevision: null, leftRevision: null }, event)).toBe(false);
      }
  });

  it('never reaches staff who may do everything but audit', () => {
    const staff = { kind: 'staff', permissions: new Set(permissions.filter((p) => p !== 'audit.read')) } as const;
    for (const { type, payload } of lines)
      expect(mayViewerSee(staff, { type, payload, actor: actors[0] as Actor, revision })).toBe(false);
  });
});

describe('an event of a newer version', () => {
  it.each(['DrawingMade', 'toString', '__proto__', ''])('is for auditors only: %j', (type) => {
    const payload = { participantId: author, to: 'all' };
    for (const actor of actors) {
      const seenBy = columns.filter((column) => mayViewerSee(viewerOf(column), { type, payload, actor, revision }));
      expect(seenBy).toEqual([{ who: 'staff', permissions: ['audit.read'] }]);
    }
  });
});
