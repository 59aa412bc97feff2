/** What an auditor filters a history by. */
export const sessionKinds = [
  'session',
  'people',
  'presence',
  'chat',
  'consent',
  'audio',
  'notes',
  'invitations',
  'devices',
  'reports',
  'other',
] as const;
export const siteKinds = [
  'signIns',
  'accounts',
  'roles',
  'settings',
  'refusals',
  'looks',
  'erasures',
  'operation',
] as const;

export type EventKind = (typeof sessionKinds)[number] | (typeof siteKinds)[number];

const typesByKind: Readonly<Record<Exclude<EventKind, 'other'>, readonly string[]>> = {
  session: ['SessionStarted', 'SessionEnded'],
  people: [
    'JoinRequested',
    'JoinAdmitted',
    'JoinRefused',
    'JoinWithdrawn',
    'ParticipantJoined',
    'ParticipantLeft',
    'ParticipantRemoved',
  ],
  presence: ['ParticipantDisconnected', 'ParticipantReturned'],
  chat: ['ChatMessageSent', 'ChatMessageTakenBack'],
  consent: [
    'PermissionRequested',
    'PermissionRequestShown',
    'PermissionTimeExtended',
    'PermissionApproved',
    'PermissionNothingChosen',
    'PermissionGranted',
    'PermissionDenied',
    'PermissionWithdrawn',
    'PermissionTimedOut',
    'PermissionRevoked',
    'PermissionEnded',
  ],
  audio: ['AudioJoined', 'AudioLeft', 'AudioMuted', 'AudioUnmuted'],
  notes: ['NoteSaved'],
  invitations: [
    'CustomerInvited',
    'InvitationResent',
    'InvitationSent',
    'InvitationFailed',
    'InvitationWithdrawn',
    'InvitationUsed',
  ],
  devices: ['DeviceDescribed'],
  reports: ['SessionReported', 'SessionReportReviewed'],
  signIns: ['SignedIn', 'SignedOut', 'PasswordChanged', 'AccountLinkIssued'],
  accounts: ['AccountCreated', 'AccountChanged', 'AccountDisabled', 'AccountEnabled'],
  roles: ['RolesGranted', 'RolesWithdrawn'],
  settings: ['SiteCreated', 'SiteSettingsChanged'],
  refusals: ['CommandRefused', 'UnauthenticatedRefused'],
  looks: ['SearchMade', 'SessionReplayed', 'SiteHistoryRead', 'ReportRun', 'ReportExported', 'DevelopmentMailboxRead'],
  erasures: ['PersonalDataErased'],
  operation: [
    'LogCheckpointSigned',
    'LogLossAccepted',
    'LogRestored',
    'ProjectionRebuilt',
    'ProjectionPaused',
    'ValueClaimed',
    'ValueReleased',
    'TestMailSent',
  ],
};

const kindByType: ReadonlyMap<string, EventKind> = new Map(
  Object.entries(typesByKind).flatMap(([kind, types]) => types.map((type) => [type, kind as EventKind] as const)),
);

export function kindOf(type: string): EventKind {
  return kindByType.get(type) ?? 'other';
}

export function typesOf(kind: Exclude<EventKind, 'other'>): readonly string[] {
  return typesByKind[kind];
}
