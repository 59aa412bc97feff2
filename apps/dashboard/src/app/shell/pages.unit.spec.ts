import { describe, expect, it } from '@jest/globals';
import { permissionsOf } from '@deskside/domain';
import type { Role } from '@deskside/domain';
import { pagesFor } from './pages';

function offered(...roles: Role[]): readonly string[] {
  const held = permissionsOf(roles);
  return pagesFor((permission) => held.has(permission)).map(({ id }) => id);
}

describe('the pages on offer', () => {
  it('are the audit alone for an auditor', () => {
    expect(offered('auditor')).toEqual(['auditSessions', 'auditSite']);
  });

  it('are the console for whoever serves sessions, without administration', () => {
    expect(offered('representative')).toEqual(['gettingStarted', 'console', 'sessionList', 'csrActivity']);
  });

  it('add everybody’s sessions and the alerts for a supervisor', () => {
    expect(offered('supervisor')).toEqual([
      'gettingStarted',
      'console',
      'sessionsNow',
      'sessionList',
      'csrActivity',
      'alerts',
    ]);
  });

  it('have no audit for an administrator, but the erasure', () => {
    expect(offered('administrator')).toContain('erasure');
    expect(offered('administrator')).not.toContain('auditSessions');
  });

  it('add up over roles', () => {
    expect(offered('administrator', 'auditor')).toHaveLength(10);
  });
});
