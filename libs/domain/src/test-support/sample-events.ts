import { at, id, sealed } from './given-when-then';

/** Who stands in the samples of a session's events: `author` does or says something, `addressed` it is done or said to. */
export const author = id(1);
export const addressed = id(2);

const who = sealed(`customer-${id(20)}`, 'identity', 'name');
const staff = `representative-${id(10)}`;
const said = sealed(`supportSession-${id(30)}`, 'content', 'said', 4);
const written = sealed(`supportSession-${id(30)}`, 'content', 'written');
const settings = { name: 'Example Support', privacyNotice: '', defaultLocale: 'en' };

const reportFilter = {
  ...{ report: 'csrActivity', from: '2026-11-20', to: '2026-11-20', timeZone: 'Europe/Belgrade' },
  ...{ representativeIds: [id(10)], position: '7', formulaVersion: 1 },
} as const;

const operator = sealed(`operator-${id(95)}`, 'identity', 'root');
const checkpoint = {
  ...{ size: '1', position: '7', last: 'bGFzdA==', root: 'cm9vdA==', edge: ['cm9vdA=='] },
  ...{ key: 'a2V5', signature: 'c2lnbmF0dXJl' },
} as const;

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
  ReportRun: reportFilter,
  ReportExported: { ...reportFilter, format: 'csv' },
  TestMailSent: { accepted: true },
  DevelopmentMailboxRead: {},
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

  LogCheckpointSigned: {
    checkpoint,
    list: { streams: [{ name: 'queue-1', first: '0' }], order: 'AAECAwQ=' },
  },
  LogRestored: { checkpoint, newer: { size: '9', root: 'cm9vdA==', signedAt: at(0) }, by: operator },
  LogLossAccepted: {
    ...{ checkpoint, newer: null, by: operator },
    losses: ['Event 3 of queue-1 is missing.'],
    findings: [{ kind: 'missing', stream: 'queue-1', from: '3', to: '3', isWhole: false }],
  },

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
  PermissionRequested: {
    ...{ requestId: id(70), capability: 'desktop', access: 'view' },
    ...{ ownerId: addressed, requestedBy: author, grantees: [author] },
  },
  PermissionRequestShown: { requestId: id(70), expiresAt: at(120) },
  PermissionTimeExtended: { requestId: id(70), expiresAt: at(240) },
  PermissionApproved: { requestId: id(70) },
  PermissionNothingChosen: { requestId: id(70), reason: 'nothingChosen', expiresAt: at(120) },
  PermissionGranted: {
    ...{ requestId: id(70), grantId: id(71), capability: 'desktop', access: 'view' },
    ...{ ownerId: addressed, grantees: [author], surface: 'monitor', resumes: null },
  },
  PermissionDenied: { requestId: id(70) },
  PermissionWithdrawn: { requestId: id(70), by: author },
  PermissionTimedOut: { requestId: id(70) },
  PermissionRevoked: { requestId: id(70), grantId: id(71), by: addressed },
  PermissionEnded: { requestId: id(70), grantId: id(71), by: author, reason: 'endedByViewer' },

  AudioJoined: { participantId: addressed },
  AudioLeft: { participantId: addressed },
  AudioMuted: { participantId: addressed },
  AudioUnmuted: { participantId: addressed },

  NoteSaved: { noteId: id(80), version: 1, authorId: id(10), text: written },

  DeviceDescribed: {
    participantId: addressed,
    device: {
      ...{ browser: 'Firefox', system: 'Windows', form: 'desktop' },
      ...{ canShareScreen: true, microphones: 1, cameras: 0 },
    },
  },

  CustomerInvited: {
    ...{ invitationId: id(90), channel: 'email', locale: 'sr-Latn', by: author },
    ...{ recipient: written, customerName: written },
  },
  InvitationResent: { invitationId: id(90), attempt: 2, by: author },
  InvitationSent: { invitationId: id(90), attempt: 1 },
  InvitationFailed: {
    ...{ invitationId: id(90), attempt: 1, reason: 'recipientRefused', serverReply: written, retryAt: at(60) },
  },
  InvitationWithdrawn: { invitationId: id(90), by: author },
  InvitationUsed: { invitationId: id(90), participantId: addressed },

  SessionReported: { via: 'participant', participantId: addressed },
  SessionReportReviewed: { by: id(10) },

  SessionEnded: { reason: 'endedByRepresentative', by: author },
} as const;

export type SampledType = keyof typeof samplePayloads;
