/**
 * Every expected "no". The API puts the code into GraphQL `extensions.code`, the apps have one sentence for each in every
 * language. Codes are extended, never renamed: clients and auditors rely on them.
 */
export const refusalCodes = [
  // Anybody
  'NOT_SIGNED_IN',
  'NOT_ALLOWED',
  'TOO_MANY_TRIES',
  'TOO_MANY_REQUESTS',
  'TOO_MANY_OPEN',
  'COMMAND_ID_INVALID',
  'COMMAND_ID_REUSED',
  'REVISION_CONFLICT',
  'NOT_YET',
  'INPUT_INVALID',
  'LOG_READ_ONLY',
  'LOG_DISK_FULL',
  'LOG_UNAVAILABLE',
  'SUBJECT_ERASED',
  // Sessions
  'SESSION_NUMBER_UNKNOWN',
  'SESSION_NOT_FOUND',
  'SESSION_ENDED',
  'NOT_A_PARTICIPANT',
  'NAME_EMPTY',
  'NAME_TOO_LONG',
  'SUBJECT_TOO_LONG',
  'TICKET_TOO_LONG',
  'JOIN_REQUEST_NOT_WAITING',
  'JOIN_REFUSED',
  'TOO_MANY_WAITING',
  'PARTICIPANT_NOT_FOUND',
  'CHAT_EMPTY',
  'CHAT_TOO_LONG',
  'CHAT_RECIPIENT_UNKNOWN',
  'MESSAGE_NOT_FOUND',
  'MESSAGE_NOT_YOURS',
  'SESSION_NUMBERS_EXHAUSTED',
  // Consent
  'CUSTOMER_NOT_HERE',
  'DEVICE_CANNOT',
  'REQUEST_ALREADY_OPEN',
  'ALREADY_GRANTED',
  'REQUEST_NOT_OPEN',
  'REQUEST_TIMED_OUT',
  'WRONG_SURFACE',
  'GRANT_NOT_FOUND',
  // Audio, media
  'AUDIO_NOT_JOINED',
  'MEDIA_PREPARING',
  'MEDIA_UNAVAILABLE',
  // Notes
  'NOTE_EMPTY',
  'NOTE_TOO_LONG',
  'NOTE_NOT_YOURS',
  'NOTE_CHANGED',
  'NOTES_CLOSED',
  // Invitations
  'PHONE_INVALID',
  'LOCALE_UNKNOWN',
  'INVITATION_NOT_FOUND',
  'INVITATION_NOT_VALID',
  'INVITATION_USED',
  'INVITATION_WITHDRAWN',
  'TOO_MANY_INVITATIONS',
  'MAIL_NOT_SENT',
  // Accounts
  'SIGN_IN_REFUSED',
  'ACCOUNT_NOT_FOUND',
  'ACCOUNT_DISABLED',
  'EMAIL_INVALID',
  'EMAIL_TAKEN',
  'LINK_NOT_VALID',
  'PASSWORD_TOO_SHORT',
  'PASSWORD_TOO_LONG',
  'PASSWORD_TOO_COMMON',
  'ROLES_EMPTY',
  'NOT_YOURSELF',
  // Site, audit
  'SITE_NAME_EMPTY',
  'SITE_NAME_TOO_LONG',
  'NOTICE_TOO_LONG',
  'CUSTOMER_NOT_FOUND',
  'SESSION_STILL_OPEN',
  'PROJECTION_UNKNOWN',
  'SEARCH_TOO_SHORT',
  // Reports
  'RANGE_INVALID',
  'TIME_ZONE_UNKNOWN',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/** Why nothing can be written on the whole site: its log is damaged, its disk full, or it cannot be reached. */
export const writeRefusals = [
  'LOG_READ_ONLY',
  'LOG_DISK_FULL',
  'LOG_UNAVAILABLE',
] as const satisfies readonly RefusalCode[];
export type WriteRefusal = (typeof writeRefusals)[number];

export function isWriteRefusalCode(code: string | null | undefined): code is WriteRefusal {
  return writeRefusals.some((known) => known === code);
}

export interface Refusal {
  readonly code: RefusalCode;
  /** Figures for the sentence, such as `{ limit: 4000 }`; never personal data. */
  readonly details?: Readonly<Record<string, string | number>>;
}
