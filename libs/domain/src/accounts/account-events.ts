import * as v from 'valibot';
import { declareEvent, instant, personalText, uuid } from '../events';
import type { Audience, EventOf } from '../events';
import { roles } from '../permissions';

const managersAndAuditors = (): readonly Audience[] => [{ permission: 'account.manage' }, { permission: 'audit.read' }];
const role = v.picklist(roles);

/** `origin`: the first start of the site made it, its recovery command did, or an administrator invited the person. */
export const AccountCreated = declareEvent({
  type: 'AccountCreated',
  version: 1,
  payload: v.object({
    representativeId: uuid,
    name: personalText('identity'),
    email: personalText('identity'),
    roles: v.array(role),
    origin: v.picklist(['firstStart', 'recovery', 'invitation']),
  }),
  personal: { name: 'identity', email: 'identity' },
  visibleTo: managersAndAuditors,
});

export const AccountChanged = declareEvent({
  type: 'AccountChanged',
  version: 1,
  payload: v.object({ name: v.optional(personalText('identity')), locale: v.optional(v.string()) }),
  personal: { name: 'identity' },
  visibleTo: managersAndAuditors,
});

export const AccountDisabled = declareEvent({
  type: 'AccountDisabled',
  version: 1,
  payload: v.object({}),
  personal: {},
  visibleTo: managersAndAuditors,
});

export const AccountEnabled = declareEvent({
  type: 'AccountEnabled',
  version: 1,
  payload: v.object({}),
  personal: {},
  visibleTo: managersAndAuditors,
});

export const RolesGranted = declareEvent({
  type: 'RolesGranted',
  version: 1,
  payload: v.object({ roles: v.array(role) }),
  personal: {},
  visibleTo: managersAndAuditors,
});

export const RolesWithdrawn = declareEvent({
  type: 'RolesWithdrawn',
  version: 1,
  payload: v.object({ roles: v.array(role) }),
  personal: {},
  visibleTo: managersAndAuditors,
});

/** A one-time link to set a password was made; its secret is not here. Every earlier link of the account is void. */
export const AccountLinkIssued = declareEvent({
  type: 'AccountLinkIssued',
  version: 1,
  payload: v.object({ purpose: v.picklist(['invitation', 'reset']), expiresAt: instant }),
  personal: {},
  visibleTo: managersAndAuditors,
});

export const PasswordChanged = declareEvent({
  type: 'PasswordChanged',
  version: 1,
  payload: v.object({ how: v.picklist(['firstStart', 'recovery', 'link', 'own']) }),
  personal: {},
  visibleTo: managersAndAuditors,
});

export const SignedIn = declareEvent({
  type: 'SignedIn',
  version: 1,
  payload: v.object({ signInId: uuid }),
  personal: {},
  visibleTo: managersAndAuditors,
});

/** `everywhere`: all sign-ins of the account ended at once, by the person, an administrator, or a new password. */
export const SignedOut = declareEvent({
  type: 'SignedOut',
  version: 1,
  payload: v.object({ scope: v.picklist(['thisSignIn', 'everywhere']), signInId: v.nullable(uuid) }),
  personal: {},
  visibleTo: managersAndAuditors,
});

export type AccountEvent =
  | EventOf<typeof AccountCreated>
  | EventOf<typeof AccountChanged>
  | EventOf<typeof AccountDisabled>
  | EventOf<typeof AccountEnabled>
  | EventOf<typeof RolesGranted>
  | EventOf<typeof RolesWithdrawn>
  | EventOf<typeof AccountLinkIssued>
  | EventOf<typeof PasswordChanged>
  | EventOf<typeof SignedIn>
  | EventOf<typeof SignedOut>;
