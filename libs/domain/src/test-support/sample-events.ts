import { at, id, sealed } from './given-when-then';

/** Who stands in the samples of a session's events: `author` does or says something, `addressed` it is done or said to. */
export const author = id(1);
export const addressed = id(2);

const who = sealed(`customer-${id(20)}`, 'identity', 'name');
const staff = `representative-${id(10)}`;
const said = sealed(`supportSession-${id(30)}`, 'content', 'said', 4);
const written = sealed(`supportSession-${id(30)}`, 'content', 'written');
const settings = { name: 'Example Support', privacyNotice: '', defaultLocale: 'en' };

/** One payload of every type of event, with everything in it that it can have. */
export const samplePayloads = {
  CommandRefused: { command: 'EndSession', code: 'NOT_ALLOWED' },
  UnauthenticatedRefused: { kind: 'signIn', count: 3, since: at(0) },
  SearchMade: { by: 'name', results: 2 },
  SessionReplayed: { sessionId: id(30) },
  SiteHistoryRead: {},
  PersonalDataErased: {
    customerId: id(20),
    sessionIds: [id(30)],
    keys: [
      { subject: `customer-${id(20)}`, class: 'identity' },
      { subject: `supportSession-${id(30)}`, class: 'content' },
    ],
  },
  ProjectionRebuilt: { projection: 'sessions' },
  ProjectionPaused: { projection: 'sessions', paused: true },

  AccountCreated: {
    representativeId: id(10),
    name: sealed(staff, 'identity', 'name'),
    email: sealed(staff, 'identity', 'email'),
    roles: ['auditor'],
    origin: 'invitation',
  },
  AccountChanged: { name: sealed(staff, 'identity', 'name'), locale: 'en' },
  AccountDisabled: {},
  AccountEnabled: {},
  RolesGranted: { roles: ['auditor'] },
  RolesWithdrawn: { roles: ['auditor'] },
  AccountLinkIssued: { purpose: 'invitation', expiresAt: at(3600) },
  PasswordChanged: { how: 'link' },
  SignedIn: { signInId: id(50) },
  SignedOut: { scope: 'everywhere', signInId: null },

  ChatMessageSent: { messageId: id(40), authorId: author, to: 'all', text: said },
  ChatMessageTakenBack: {
    messageId: id(40),
    authorId: author,
    to: 'all',
    key: { subject: said.subject, class: 'content', item: 4 },
  },

  ValueClaimed: { kind: 'email', claimant: staff, confirmBy: at(60) },
  ValueReleased: { claimant: staff, reason: 'orphaned' },

  JoinRequested: { participantId: addressed, customerId: id(20), name: who },
  JoinAdmitted: { participantId: addressed },
  JoinRefused: { participantId: addressed },
  JoinWithdrawn: { participantId: addressed },
  ParticipantJoined: { participantId: addressed, role: 'secondaryCustomer', personId: id(20), name: who },
  ParticipantLeft: { participantId: addressed },
  ParticipantRemoved: { participantId: addressed },

  ParticipantDisconnected: { participantId: addressed },
  ParticipantReturned: { participantId: addressed },

  SiteCreated: { siteId: id(60), settings },
  SiteSettingsChanged: { settings: { name: 'Another' } },

  SessionStarted: {
    direction: 'outbound',
    number: '482913057',
    numberExpiresAt: at(1800),
    representativeId: id(10),
    subject: written,
    ticket: written,
  },
  SessionEnded: { reason: 'endedByRepresentative', by: author },
} as const;

export type SampledType = keyof typeof samplePayloads;
