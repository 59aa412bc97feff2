import { describe, expect, it } from '@jest/globals';
import { isRole, permissions, permissionsOf, roles } from './permissions';
import type { Permission, Role } from './permissions';

/** Who may do what, written out by hand: a new right or role must be entered here on purpose. */
const table: Record<Permission, Record<Role, boolean>> = {
  'session.start': { administrator: true, supervisor: true, representative: true, auditor: false },
  'session.serve': { administrator: true, supervisor: true, representative: true, auditor: false },
  'session.supervise': { administrator: false, supervisor: true, representative: false, auditor: false },
  'report.read': { administrator: false, supervisor: true, representative: false, auditor: false },
  'report.readOwn': { administrator: false, supervisor: true, representative: true, auditor: false },
  'alert.review': { administrator: true, supervisor: true, representative: false, auditor: false },
  'mail.manage': { administrator: true, supervisor: false, representative: false, auditor: false },
  'audit.read': { administrator: false, supervisor: false, representative: false, auditor: true },
  'account.manage': { administrator: true, supervisor: false, representative: false, auditor: false },
  'site.configure': { administrator: true, supervisor: false, representative: false, auditor: false },
  'personalData.erase': { administrator: true, supervisor: false, representative: false, auditor: false },
  'projection.manage': { administrator: true, supervisor: false, representative: false, auditor: false },
};
const cells = Object.entries(table).flatMap(([permission, row]) =>
  Object.entries(row).map(([role, may]) => [role as Role, may ? 'may' : 'may not', permission as Permission] as const),
);

describe(`role x permission: ${cells.length} cells`, () => {
  it('has every role and every permission', () => {
    expect(Object.keys(table).sort()).toEqual([...permissions].sort());
    for (const row of Object.values(table)) expect(Object.keys(row).sort()).toEqual([...roles].sort());
  });

  it.each(cells)('%s %s %s', (role, may, permission) => {
    expect(permissionsOf([role]).has(permission)).toBe(may === 'may');
  });
});

describe('the permissions of an account', () => {
  it('are none without a role', () => {
    expect(permissionsOf([])).toEqual(new Set());
  });

  it('are those of all its roles together, and no more: each pair of roles', () => {
    for (const one of roles)
      for (const other of roles)
        expect(permissionsOf([one, other])).toEqual(new Set([...permissionsOf([one]), ...permissionsOf([other])]));
  });

  it('are all only with the auditor\u2019s, the administrator\u2019s and the supervisor\u2019s roles together', () => {
    expect(permissionsOf(['administrator', 'auditor', 'supervisor'])).toEqual(new Set(permissions));
  });

  it.each(['queueManager', 'constructor', '__proto__', ''])('are none by a role of a newer version: %j', (role) => {
    expect(permissionsOf([role as Role])).toEqual(new Set());
    expect(isRole(role)).toBe(false);
  });
});
