/** Roles of an account. One person can have several. */
export const roles = ['administrator', 'supervisor', 'representative', 'auditor'] as const;
export type Role = (typeof roles)[number];

/** What an account may do; the API checks it first in each handler, the apps show by it what can be pressed. */
export const permissions = [
  'session.start',
  'session.serve',
  'session.supervise',
  'report.read',
  'report.readOwn',
  'alert.review',
  'audit.read',
  'account.manage',
  'site.configure',
  'personalData.erase',
  'projection.manage',
  'mail.manage',
] as const;
export type Permission = (typeof permissions)[number];

const byRole: Readonly<Record<Role, readonly Permission[]>> = {
  administrator: [
    'account.manage',
    'site.configure',
    'personalData.erase',
    'projection.manage',
    'session.start',
    'session.serve',
    'alert.review',
    'mail.manage',
  ],
  supervisor: ['session.start', 'session.serve', 'session.supervise', 'report.read', 'report.readOwn', 'alert.review'],
  representative: ['session.start', 'session.serve', 'report.readOwn'],
  auditor: ['audit.read'],
};

/** A role that a newer version has granted gives nothing here. */
export function permissionsOf(held: readonly Role[]): ReadonlySet<Permission> {
  return new Set(held.filter(isRole).flatMap((role) => byRole[role]));
}

export function isRole(value: string): value is Role {
  return (roles as readonly string[]).includes(value);
}
