import { afterEach, describe, expect, it } from '@jest/globals';
import { event, projectRows } from '../testing/project-rows';
import type { ProjectedRows } from '../testing/project-rows';
import type { SampleEvent } from '../testing/sample-history';
import type { AccountQueries } from './account-row';
import { accountQueries } from './account-queries';
import { accountsProjection } from './accounts-projection';

const of = (id: string, type: string, payload: object = {}): SampleEvent =>
  event(`representative-${id}`, type, payload);
const created = (id: string, ...roles: readonly string[]): SampleEvent =>
  of(id, 'AccountCreated', { representativeId: id, roles, origin: 'invitation' });
const link = (id: string, purpose = 'invitation'): SampleEvent =>
  of(id, 'AccountLinkIssued', { purpose, expiresAt: '2026-03-02T09:00:00.000Z' });
const password = (id: string): SampleEvent => of(id, 'PasswordChanged', { how: 'link' });

describe('the accounts', () => {
  let model: ProjectedRows<AccountQueries> | undefined;
  const given = async (...events: readonly SampleEvent[]): Promise<AccountQueries> => {
    model = await projectRows(accountsProjection, accountQueries, events);
    return model.queries;
  };
  afterEach(() => model?.close());

  it('has an invited account with its link', async () => {
    const create = created('a1', 'auditor', 'administrator');
    const accounts = await given(create, link('a1'));
    expect(accounts.byId('a1')).toEqual({
      ...{ id: 'a1', roles: ['administrator', 'auditor'], status: 'invited', createdAt: create.occurredAt },
      ...{ lastSignInAt: null, linkExpiresAt: '2026-03-02T09:00:00.000Z', linkPurpose: 'invitation' },
    });
    expect(accounts.byId('a2')).toBeNull();
  });

  it('becomes active by its first password, which uses the link up', async () => {
    const signIn = of('a1', 'SignedIn', { signInId: 'x' });
    const accounts = await given(created('a1', 'administrator'), link('a1'), password('a1'), signIn);
    expect(accounts.byId('a1')).toMatchObject({
      ...{ status: 'active', linkExpiresAt: null, linkPurpose: null, lastSignInAt: signIn.occurredAt },
    });
    expect(accounts.activeAdministrators()).toBe(1);
  });

  it('is invited or active again when it is enabled, as it was', async () => {
    const off = (id: string): SampleEvent => of(id, 'AccountDisabled');
    const on = (id: string): SampleEvent => of(id, 'AccountEnabled');
    const accounts = await given(
      ...[created('a1', 'administrator'), link('a1'), off('a1')],
      ...[created('a2', 'administrator'), password('a2'), off('a2'), on('a2')],
      ...[created('a3', 'administrator'), off('a3'), on('a3')],
    );
    expect(accounts.all().map(({ id, status }) => [id, status])).toEqual([
      ['a1', 'disabled'],
      ['a2', 'active'],
      ['a3', 'invited'],
    ]);
    expect(accounts.byId('a1')?.linkExpiresAt).toBeNull();
    expect(accounts.activeAdministrators()).toBe(1);
  });

  it('follows roles that are granted and withdrawn', async () => {
    const accounts = await given(
      created('a1', 'representative'),
      of('a1', 'RolesGranted', { roles: ['supervisor', 'auditor'] }),
      of('a1', 'RolesWithdrawn', { roles: ['representative', 'auditor'] }),
    );
    expect(accounts.byId('a1')?.roles).toEqual(['supervisor']);
  });
});
