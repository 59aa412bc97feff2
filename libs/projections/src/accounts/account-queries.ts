import { roles } from '@deskside/domain';
import type { Role } from '@deskside/domain';
import type { ReadConnection } from '../main/read-connection';
import type { AccountQueries, AccountRow } from './account-row';

const account = `SELECT id, status, created_at AS createdAt, last_sign_in_at AS lastSignInAt,
  link_expires_at AS linkExpiresAt, link_purpose AS linkPurpose,
  (SELECT json_group_array(role) FROM account_role WHERE account_id = id) AS roles FROM account`;

function toAccount(row: Omit<AccountRow, 'roles'> & { readonly roles: string }): AccountRow {
  const held = JSON.parse(row.roles) as Role[];
  return { ...row, roles: roles.filter((role) => held.includes(role)) };
}

export function accountQueries(file: ReadConnection): AccountQueries {
  const find = (rest: string, ...params: readonly string[]): readonly AccountRow[] =>
    file.all<Omit<AccountRow, 'roles'> & { roles: string }>(`${account} ${rest}`, ...params).map(toAccount);
  return {
    all: () => find('ORDER BY created_at, rowid'),
    byId: (id) => find('WHERE id = ?', id)[0] ?? null,
    activeAdministrators: () =>
      file.all<{ n: number }>(
        `SELECT count(*) AS n FROM account JOIN account_role ON account_id = id
         WHERE status = 'active' AND role = 'administrator'`,
      )[0]?.n ?? 0,
  };
}
