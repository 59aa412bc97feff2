import { accept, refuse, unreachable } from '../decider';
import type { Command, Decider, Decision, Instant, Recorded } from '../decider';
import type { Role } from '../permissions';
import type { PersonalText } from '../personal-data';
import type { AccountEvent } from './account-events';

/** How long a link to set a password is good. */
export const accountLinkLifetimeHours = 72;

export type Account =
  | { readonly status: 'absent' }
  | {
      readonly status: 'invited' | 'active' | 'disabled';
      readonly id: string;
      readonly name: PersonalText;
      readonly email: PersonalText;
      readonly roles: readonly Role[];
      readonly locale: string | null;
      readonly hasPassword: boolean;
      readonly createdAt: Instant;
      readonly lastSignInAt: Instant | null;
      readonly linkExpiresAt: Instant | null;
    };

export type KnownAccount = Exclude<Account, { status: 'absent' }>;
type Created = Extract<AccountEvent, { type: 'AccountCreated' }>['payload'];
type Changed = Extract<AccountEvent, { type: 'AccountChanged' }>['payload'];
type Nothing = Readonly<Record<string, never>>;

export type AccountCommand =
  | Command<'CreateAccount', Created>
  | Command<'ChangeAccount', { readonly name?: PersonalText; readonly locale?: string }>
  | Command<'DisableAccount' | 'EnableAccount', Nothing>
  | Command<'SetRoles', { readonly roles: readonly Role[] }>
  | Command<'IssueAccountLink', { readonly expiresAt: Instant }>
  | Command<'ChangePassword', { readonly how: 'firstStart' | 'recovery' | 'link' | 'own' }>
  | Command<'SignIn', { readonly signInId: string }>
  | Command<'SignOut', { readonly signInId: string }>
  | Command<'SignOutEverywhere', Nothing>;

/** The stream `representative-<id>`. */
export const account: Decider<AccountCommand, AccountEvent, Account> = {
  initialState: () => ({ status: 'absent' }),
  evolve,
  decide,
};

function evolve(state: Account, event: Recorded<AccountEvent>): Account {
  if (event.type === 'AccountCreated') return created(event.payload, event.occurredAt);
  return state.status === 'absent' ? state : { ...state, ...changeBy(event, state) };
}

function created(payload: Created, at: Instant): Account {
  const { representativeId: id, name, email, roles } = payload;
  const rest = { locale: null, hasPassword: false, createdAt: at, lastSignInAt: null, linkExpiresAt: null };
  return { status: 'invited', id, name, email, roles, ...rest };
}

function changeBy(
  event: Recorded<Exclude<AccountEvent, { type: 'AccountCreated' }>>,
  state: KnownAccount,
): Partial<KnownAccount> {
  switch (event.type) {
    case 'AccountChanged':
      return changedFields(event.payload, state);
    case 'AccountDisabled':
      return { status: 'disabled', linkExpiresAt: null };
    case 'AccountEnabled':
      return { status: state.hasPassword ? 'active' : 'invited' };
    case 'RolesGranted':
      return { roles: [...state.roles, ...event.payload.roles] };
    case 'RolesWithdrawn':
      return { roles: state.roles.filter((role) => !event.payload.roles.includes(role)) };
    case 'AccountLinkIssued':
      return { linkExpiresAt: event.payload.expiresAt };
    case 'PasswordChanged':
      return { hasPassword: true, linkExpiresAt: null, status: state.status === 'invited' ? 'active' : state.status };
    case 'SignedIn':
      return { lastSignInAt: event.occurredAt };
    default:
      return {};
  }
}

function changedFields({ name, locale }: Changed, state: KnownAccount): Partial<KnownAccount> {
  return { name: name ?? state.name, locale: locale ?? state.locale };
}

function decide(command: AccountCommand, state: Account): Decision<AccountEvent> {
  if (command.type === 'CreateAccount') return create(command.payload, state);
  if (state.status === 'absent') return refuse('ACCOUNT_NOT_FOUND');
  switch (command.type) {
    case 'ChangeAccount':
      return change(command.payload, state);
    case 'DisableAccount':
    case 'EnableAccount':
      return switchAccount(command, state);
    case 'SetRoles':
      return setRoles(command, state);
    default:
      return decideSignIn(command, state);
  }
}

function create(payload: Created, state: Account): Decision<AccountEvent> {
  if (state.status !== 'absent') return refuse('COMMAND_ID_REUSED');
  if (payload.roles.length === 0) return refuse('ROLES_EMPTY');
  return accept({ type: 'AccountCreated', payload: { ...payload, roles: [...new Set(payload.roles)] } });
}

/** A name is sealed, so whether it is another one cannot be told here: giving one is a change. */
function change(payload: Changed, state: KnownAccount): Decision<AccountEvent> {
  const isSameLocale = payload.locale === undefined || payload.locale === state.locale;
  return payload.name === undefined && isSameLocale ? accept() : accept({ type: 'AccountChanged', payload });
}

function switchAccount(
  command: AccountCommand & { type: 'DisableAccount' | 'EnableAccount' },
  state: KnownAccount,
): Decision<AccountEvent> {
  if (command.type === 'EnableAccount')
    return state.status === 'disabled' ? accept({ type: 'AccountEnabled', payload: {} }) : accept();
  // Whoever manages accounts keeps his own, so that one administrator always remains.
  if (command.actor.id === state.id) return refuse('NOT_YOURSELF');
  if (state.status === 'disabled') return accept();
  return accept<AccountEvent>({ type: 'AccountDisabled', payload: {} }, signedOutEverywhere);
}

const signedOutEverywhere: AccountEvent = { type: 'SignedOut', payload: { scope: 'everywhere', signInId: null } };

function setRoles(command: AccountCommand & { type: 'SetRoles' }, state: KnownAccount): Decision<AccountEvent> {
  const wanted = new Set(command.payload.roles);
  if (wanted.size === 0) return refuse('ROLES_EMPTY');
  const granted = [...wanted].filter((role) => !state.roles.includes(role));
  const withdrawn = state.roles.filter((role) => !wanted.has(role));
  if (withdrawn.includes('administrator') && command.actor.id === state.id) return refuse('NOT_YOURSELF');
  const events: AccountEvent[] = [];
  if (granted.length > 0) events.push({ type: 'RolesGranted', payload: { roles: granted } });
  if (withdrawn.length > 0) events.push({ type: 'RolesWithdrawn', payload: { roles: withdrawn } });
  return accept(...events);
}

type SignInCommand = Extract<
  AccountCommand,
  { type: 'IssueAccountLink' | 'ChangePassword' | 'SignIn' | 'SignOut' | 'SignOutEverywhere' }
>;

function decideSignIn(command: SignInCommand, state: KnownAccount): Decision<AccountEvent> {
  if (command.type === 'SignOut')
    return accept({ type: 'SignedOut', payload: { scope: 'thisSignIn', signInId: command.payload.signInId } });
  if (command.type === 'SignOutEverywhere') return accept(signedOutEverywhere);
  if (state.status === 'disabled') return refuse('ACCOUNT_DISABLED');
  switch (command.type) {
    case 'IssueAccountLink': {
      const purpose = state.hasPassword ? 'reset' : 'invitation';
      return accept({ type: 'AccountLinkIssued', payload: { purpose, expiresAt: command.payload.expiresAt } });
    }
    case 'ChangePassword':
      return changePassword(command, state);
    case 'SignIn':
      return state.hasPassword ? accept({ type: 'SignedIn', payload: command.payload }) : refuse('SIGN_IN_REFUSED');
    default:
      return unreachable(command);
  }
}

/** A new password ends every older sign-in: whoever knew the old one is out. */
function changePassword(
  command: SignInCommand & { type: 'ChangePassword' },
  state: KnownAccount,
): Decision<AccountEvent> {
  const { how } = command.payload;
  const linkIsDue = how === 'link' && (state.linkExpiresAt === null || command.now >= state.linkExpiresAt);
  if (linkIsDue) return refuse('LINK_NOT_VALID');
  if (how === 'own' && (!state.hasPassword || command.actor.id !== state.id)) return refuse('NOT_ALLOWED');
  const changed: AccountEvent = { type: 'PasswordChanged', payload: { how } };
  return state.hasPassword ? accept(changed, signedOutEverywhere) : accept(changed);
}
