import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider';
import { roles } from '../permissions';
import type { Role } from '../permissions';
import { at, given, id, recorded, sealed } from '../test-support/given-when-then';
import { account } from './account';
import type { AccountCommand } from './account';
import type { AccountEvent } from './account-events';

const ana = id(1);
const subject = `representative-${ana}`;
const name = sealed(subject, 'identity', 'name');
const email = sealed(subject, 'identity', 'email');
const himself = { kind: 'representative', id: ana } as const;
const administrator = { kind: 'representative', id: id(2) } as const;

const invitation: (AccountEvent & { type: 'AccountCreated' })['payload'] = {
  representativeId: ana,
  name,
  email,
  roles: ['representative'],
  origin: 'invitation',
};
const created = (...held: Role[]): AccountEvent => ({
  type: 'AccountCreated',
  payload: { ...invitation, roles: held.length === 0 ? ['representative'] : held },
});
const disabled: AccountEvent = { type: 'AccountDisabled', payload: {} };
const enabled: AccountEvent = { type: 'AccountEnabled', payload: {} };
const linkIssued = (expiresAt: string): AccountEvent => ({
  type: 'AccountLinkIssued',
  payload: { purpose: 'invitation', expiresAt },
});
const passwordChanged: AccountEvent = { type: 'PasswordChanged', payload: { how: 'link' } };
const signedIn: AccountEvent = { type: 'SignedIn', payload: { signInId: id(50) } };
const signedOutEverywhere: AccountEvent = { type: 'SignedOut', payload: { scope: 'everywhere', signInId: null } };
const active: readonly AccountEvent[] = [created(), passwordChanged];

describe('CreateAccount', () => {
  it('makes an account', () => {
    given(account).when({ type: 'CreateAccount', payload: invitation }).then(created());
  });

  it('gives each role once', () => {
    given(account)
      .when({ type: 'CreateAccount', payload: { ...invitation, roles: ['auditor', 'supervisor', 'auditor'] } })
      .then(created('auditor', 'supervisor'));
  });

  it('refuses an account without a role', () => {
    given(account)
      .when({ type: 'CreateAccount', payload: { ...invitation, roles: [] } })
      .thenRefused('ROLES_EMPTY');
  });

  it('refuses a second creation', () => {
    given(account, created()).when({ type: 'CreateAccount', payload: invitation }).thenRefused('COMMAND_ID_REUSED');
  });

  it('refuses a second creation of a disabled account', () => {
    given(account, created(), disabled)
      .when({ type: 'CreateAccount', payload: invitation })
      .thenRefused('COMMAND_ID_REUSED');
  });
});

describe('an account that does not exist', () => {
  const payloads = {
    ChangeAccount: { locale: 'en' },
    DisableAccount: {},
    EnableAccount: {},
    SetRoles: { roles: ['auditor'] },
    IssueAccountLink: { expiresAt: at(60) },
    ChangePassword: { how: 'firstStart' },
    SignIn: { signInId: id(50) },
    SignOut: { signInId: id(50) },
    SignOutEverywhere: {},
  };
  it.each(Object.entries(payloads))('refuses %s', (type, payload) => {
    given(account)
      .when({ type, payload } as AccountCommand)
      .thenRefused('ACCOUNT_NOT_FOUND');
  });
});

describe('ChangeAccount', () => {
  const another = sealed(subject, 'identity', 'another');

  it('changes the name', () => {
    given(account, ...active)
      .when({ type: 'ChangeAccount', payload: { name: another } })
      .then({ type: 'AccountChanged', payload: { name: another } });
  });

  it('changes the language', () => {
    given(account, ...active)
      .when({ type: 'ChangeAccount', payload: { locale: 'sr-Latn' } })
      .then({ type: 'AccountChanged', payload: { locale: 'sr-Latn' } });
  });

  it('stays quiet when the language is the same', () => {
    given(account, ...active, { type: 'AccountChanged', payload: { locale: 'sr-Latn' } })
      .when({ type: 'ChangeAccount', payload: { locale: 'sr-Latn' } })
      .thenNothing();
  });

  it('stays quiet when nothing is to change', () => {
    given(account, ...active)
      .when({ type: 'ChangeAccount', payload: {} })
      .thenNothing();
  });

  it('works on a disabled account', () => {
    given(account, ...active, disabled)
      .when({ type: 'ChangeAccount', payload: { name: another } })
      .then({ type: 'AccountChanged', payload: { name: another } });
  });
});

describe('DisableAccount', () => {
  const disable = { type: 'DisableAccount', payload: {}, actor: administrator } as const;

  it('disables and signs out everywhere', () => {
    given(account, ...active)
      .when(disable)
      .then(disabled, signedOutEverywhere);
  });

  it('disables an account that was only invited', () => {
    given(account, created()).when(disable).then(disabled, signedOutEverywhere);
  });

  it('refuses to disable oneself, so that one administrator remains', () => {
    given(account, created('administrator'), passwordChanged)
      .when({ ...disable, actor: himself })
      .thenRefused('NOT_YOURSELF');
  });

  it('stays quiet when it is disabled', () => {
    given(account, ...active, disabled)
      .when(disable)
      .thenNothing();
  });
});

describe('EnableAccount', () => {
  const enable = { type: 'EnableAccount', payload: {}, actor: administrator } as const;

  it('enables a disabled account', () => {
    given(account, ...active, disabled)
      .when(enable)
      .then(enabled);
  });

  it('stays quiet for an active account', () => {
    given(account, ...active)
      .when(enable)
      .thenNothing();
  });

  it('stays quiet for an invited account', () => {
    given(account, created()).when(enable).thenNothing();
  });

  it('stays quiet the second time', () => {
    given(account, ...active, disabled, enabled)
      .when(enable)
      .thenNothing();
  });

  it('does not revive a link from before', () => {
    given(account, created(), linkIssued(at(3600)), disabled, enabled)
      .when({ type: 'ChangePassword', payload: { how: 'link' } })
      .thenRefused('LINK_NOT_VALID');
  });
});

describe('SetRoles', () => {
  const set = (...wanted: Role[]) => ({ type: 'SetRoles', payload: { roles: wanted }, actor: administrator }) as const;

  it('grants what is missing and withdraws what is too much', () => {
    given(account, created('representative', 'auditor'), passwordChanged)
      .when(set('auditor', 'supervisor', 'administrator'))
      .then(
        { type: 'RolesGranted', payload: { roles: ['supervisor', 'administrator'] } },
        { type: 'RolesWithdrawn', payload: { roles: ['representative'] } },
      );
  });

  it('stays quiet when the roles are the same in another order and twice', () => {
    given(account, created('representative', 'auditor'))
      .when(set('auditor', 'representative', 'auditor'))
      .thenNothing();
  });

  it('refuses to leave none', () => {
    given(account, ...active)
      .when(set())
      .thenRefused('ROLES_EMPTY');
  });

  it('refuses an administrator who gives up his own role', () => {
    given(account, created('administrator'), passwordChanged)
      .when({ ...set('auditor'), actor: himself })
      .thenRefused('NOT_YOURSELF');
  });

  it('lets an administrator give himself and lose other roles', () => {
    given(account, created('administrator', 'auditor'), passwordChanged)
      .when({ ...set('administrator', 'supervisor'), actor: himself })
      .then(
        { type: 'RolesGranted', payload: { roles: ['supervisor'] } },
        { type: 'RolesWithdrawn', payload: { roles: ['auditor'] } },
      );
  });

  it('lets another administrator take the role', () => {
    given(account, created('administrator', 'auditor'), passwordChanged)
      .when(set('auditor'))
      .then({ type: 'RolesWithdrawn', payload: { roles: ['administrator'] } });
  });
});

describe('IssueAccountLink', () => {
  const issue = { type: 'IssueAccountLink', payload: { expiresAt: at(3600) } } as const;

  it('invites who has no password', () => {
    given(account, created())
      .when(issue)
      .then(linkIssued(at(3600)));
  });

  it('resets for who has one', () => {
    given(account, ...active)
      .when(issue)
      .then({ type: 'AccountLinkIssued', payload: { purpose: 'reset', expiresAt: at(3600) } });
  });

  it('replaces an earlier link', () => {
    given(account, created(), linkIssued(at(1800)))
      .when(issue)
      .then(linkIssued(at(3600)));
  });

  it('refuses a disabled account', () => {
    given(account, ...active, disabled)
      .when(issue)
      .thenRefused('ACCOUNT_DISABLED');
  });
});

describe('ChangePassword', () => {
  const change = (how: 'firstStart' | 'recovery' | 'link' | 'own', now = at(60)) =>
    ({ type: 'ChangePassword', payload: { how }, now, actor: himself }) as const;

  it('takes the first password by link, a millisecond before it ends', () => {
    given(account, created(), linkIssued('2026-11-20T10:00:00.000Z'))
      .when(change('link', '2026-11-20T09:59:59.999Z'))
      .then(passwordChanged);
  });

  it('refuses the link at the very instant it ends', () => {
    given(account, created(), linkIssued('2026-11-20T10:00:00.000Z'))
      .when(change('link', '2026-11-20T10:00:00.000Z'))
      .thenRefused('LINK_NOT_VALID');
  });

  it('refuses a link that was used', () => {
    given(account, created(), linkIssued(at(3600)), passwordChanged)
      .when(change('link'))
      .thenRefused('LINK_NOT_VALID');
  });

  it('refuses a link after the person changed the password himself', () => {
    given(account, ...active, linkIssued(at(3600)), { type: 'PasswordChanged', payload: { how: 'own' } })
      .when(change('link'))
      .thenRefused('LINK_NOT_VALID');
  });

  it('refuses a link that was never issued', () => {
    given(account, created()).when(change('link')).thenRefused('LINK_NOT_VALID');
  });

  it('ends every older sign-in', () => {
    given(account, ...active, signedIn)
      .when(change('own'))
      .then({ type: 'PasswordChanged', payload: { how: 'own' } }, signedOutEverywhere);
  });

  it('refuses another\u2019s password', () => {
    given(account, ...active)
      .when({ ...change('own'), actor: administrator })
      .thenRefused('NOT_ALLOWED');
  });

  it('refuses to change a password that is not there', () => {
    given(account, created()).when(change('own')).thenRefused('NOT_ALLOWED');
  });

  it.each(['firstStart', 'recovery'] as const)('needs no link at %s', (how) => {
    given(account, created('administrator')).when(change(how)).then({ type: 'PasswordChanged', payload: { how } });
  });

  it.each(['firstStart', 'recovery', 'link', 'own'] as const)('refuses a disabled account, %s', (how) => {
    given(account, ...active, linkIssued(at(3600)), disabled)
      .when(change(how))
      .thenRefused('ACCOUNT_DISABLED');
  });
});

describe('SignIn', () => {
  const signIn = { type: 'SignIn', payload: { signInId: id(50) } } as const;

  it('signs in', () => {
    given(account, ...active)
      .when(signIn)
      .then(signedIn);
  });

  it('refuses who has no password yet', () => {
    given(account, created(), linkIssued(at(3600)))
      .when(signIn)
      .thenRefused('SIGN_IN_REFUSED');
  });

  it('refuses a disabled account', () => {
    given(account, ...active, disabled)
      .when(signIn)
      .thenRefused('ACCOUNT_DISABLED');
  });

  it('lets in again who was enabled again, with the old password', () => {
    given(account, ...active, disabled, enabled)
      .when(signIn)
      .then(signedIn);
  });
});

describe('SignOut', () => {
  const signOut = { type: 'SignOut', payload: { signInId: id(50) } } as const;
  const signedOut: AccountEvent = { type: 'SignedOut', payload: { scope: 'thisSignIn', signInId: id(50) } };

  it('ends the one sign-in', () => {
    given(account, ...active, signedIn)
      .when(signOut)
      .then(signedOut);
  });

  it('works on a disabled account', () => {
    given(account, ...active, signedIn, disabled)
      .when(signOut)
      .then(signedOut);
  });
});

describe('SignOutEverywhere', () => {
  const signOut = { type: 'SignOutEverywhere', payload: {} } as const;

  it('ends every sign-in', () => {
    given(account, ...active, signedIn)
      .when(signOut)
      .then(signedOutEverywhere);
  });

  it('works on a disabled account', () => {
    given(account, ...active, disabled)
      .when(signOut)
      .then(signedOutEverywhere);
  });
});

describe('the fold of an account', () => {
  const state = (...events: AccountEvent[]): unknown =>
    fold(
      account,
      events.map((event, n) => recorded(event, n)),
    );

  it('tells all of a new account', () => {
    expect(state(created('auditor'))).toEqual({
      status: 'invited',
      id: ana,
      name,
      email,
      roles: ['auditor'],
      locale: null,
      hasPassword: false,
      createdAt: at(0),
      lastSignInAt: null,
      linkExpiresAt: null,
    });
  });

  it('is active from the first password on', () => {
    expect(state(...active)).toMatchObject({ status: 'active', hasPassword: true });
  });

  it('goes back to what it was when it is enabled again', () => {
    expect(state(created(), disabled, enabled)).toMatchObject({ status: 'invited' });
    expect(state(...active, disabled, enabled)).toMatchObject({ status: 'active' });
  });

  it('knows the last sign-in and the link', () => {
    expect(state(...active, signedIn, linkIssued(at(3600)))).toMatchObject({
      lastSignInAt: at(2),
      linkExpiresAt: at(3600),
    });
  });

  it('keeps what was not changed', () => {
    expect(state(created(), { type: 'AccountChanged', payload: { locale: 'en' } })).toMatchObject({
      name,
      locale: 'en',
    });
  });

  it('takes nothing from a change but name and language', () => {
    const payload = { locale: 'en', status: 'active', roles, hasPassword: true };
    expect(state(created(), { type: 'AccountChanged', payload })).toMatchObject({
      status: 'invited',
      roles: ['representative'],
      hasPassword: false,
    });
  });

  it('follows the roles', () => {
    const granted: AccountEvent = { type: 'RolesGranted', payload: { roles: ['auditor', 'supervisor'] } };
    const withdrawn: AccountEvent = { type: 'RolesWithdrawn', payload: { roles: ['representative', 'auditor'] } };
    expect(state(created(), granted, withdrawn)).toMatchObject({ roles: ['supervisor'] });
  });

  it('is not begun by anything but its creation', () => {
    expect(state(passwordChanged, signedIn, enabled)).toEqual({ status: 'absent' });
  });

  it('lets an event of a newer version pass', () => {
    const unknown = { type: 'SkillsChanged', payload: { status: 'disabled' } } as unknown as AccountEvent;
    expect(state(...active, unknown)).toEqual(state(...active));
  });
});
