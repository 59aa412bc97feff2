import type { Permission } from '@deskside/domain';

/** A page of the dashboard: who may open it is decided by the API; here it decides what is offered. */
export interface Page {
  /** Also the key of its name: `shell.<id>`. */
  readonly id: string;
  readonly path: string;
  readonly icon: string;
  readonly group: 'work' | 'overview' | 'administration' | 'audit';
  /** Any one of these is enough. */
  readonly for: readonly Permission[];
}

export const pages: readonly Page[] = [
  {
    id: 'gettingStarted',
    path: '/getting-started',
    icon: 'checklist',
    group: 'work',
    for: ['session.start', 'site.configure', 'account.manage'],
  },
  { id: 'console', path: '/console', icon: 'console', group: 'work', for: ['session.serve'] },
  { id: 'sessionsNow', path: '/supervision', icon: 'projection', group: 'overview', for: ['session.supervise'] },
  {
    id: 'sessionList',
    path: '/sessions',
    icon: 'list',
    group: 'overview',
    for: ['session.supervise', 'report.read', 'report.readOwn'],
  },
  {
    id: 'csrActivity',
    path: '/reports/csr-activity',
    icon: 'report',
    group: 'overview',
    for: ['report.read', 'report.readOwn'],
  },
  { id: 'alerts', path: '/alerts', icon: 'warning', group: 'overview', for: ['alert.review'] },
  { id: 'accounts', path: '/accounts', icon: 'people', group: 'administration', for: ['account.manage'] },
  { id: 'siteSettings', path: '/site-settings', icon: 'settings', group: 'administration', for: ['site.configure'] },
  { id: 'mail', path: '/mail', icon: 'mail', group: 'administration', for: ['mail.manage'] },
  { id: 'projections', path: '/projections', icon: 'projection', group: 'administration', for: ['projection.manage'] },
  { id: 'erasure', path: '/erasure', icon: 'erase', group: 'administration', for: ['personalData.erase'] },
  { id: 'auditSessions', path: '/audit/sessions', icon: 'search', group: 'audit', for: ['audit.read'] },
  { id: 'auditSite', path: '/audit/site', icon: 'history', group: 'audit', for: ['audit.read'] },
];

export const menuGroups = ['overview', 'administration', 'audit'] as const;

export function pagesFor(may: (permission: Permission) => boolean): readonly Page[] {
  return pages.filter((page) => page.for.some(may));
}
