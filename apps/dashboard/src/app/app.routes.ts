import type { Routes } from '@angular/router';
import { notSignedIn, requires, signedIn } from './sign-in/guards';

/** One lazy page a capability. `title` is the key of its text. */
export const routes: Routes = [
  {
    path: 'sign-in',
    title: 'signIn.title',
    canActivate: [notSignedIn],
    loadComponent: () => import('./sign-in/sign-in-page').then((m) => m.SignInPage),
  },
  {
    path: 'link',
    title: 'signIn.title',
    loadComponent: () => import('./sign-in/account-link-page').then((m) => m.AccountLinkPage),
  },
  {
    path: '',
    canActivate: [signedIn],
    loadComponent: () => import('./shell/shell').then((m) => m.Shell),
    children: [
      { path: '', pathMatch: 'full', loadComponent: () => import('./shell/first-page').then((m) => m.FirstPage) },
      {
        path: 'getting-started',
        title: 'shell.gettingStarted',
        canActivate: [requires('session.start', 'site.configure', 'account.manage')],
        loadComponent: () => import('./getting-started/getting-started-page').then((m) => m.GettingStartedPage),
      },
      {
        path: 'console',
        title: 'shell.console',
        canActivate: [requires('session.serve')],
        loadComponent: () => import('./console/console-page').then((m) => m.ConsolePage),
      },
      {
        path: 'console/:sessionId',
        title: 'shell.console',
        canActivate: [requires('session.serve')],
        loadComponent: () => import('./console/session/session-page').then((m) => m.SessionPage),
      },
      {
        path: 'supervision',
        title: 'shell.sessionsNow',
        canActivate: [requires('session.supervise')],
        loadComponent: () => import('./supervision/sessions-now-page').then((m) => m.SessionsNowPage),
      },
      {
        path: 'sessions',
        title: 'shell.sessionList',
        canActivate: [requires('session.supervise', 'report.read', 'report.readOwn')],
        loadComponent: () => import('./sessions/session-list-page').then((m) => m.SessionListPage),
      },
      {
        path: 'sessions/:sessionId',
        title: 'shell.sessionList',
        canActivate: [requires('session.supervise', 'report.read', 'report.readOwn')],
        loadComponent: () => import('./sessions/session-page').then((m) => m.SessionFactsPage),
      },
      {
        path: 'reports/csr-activity',
        title: 'shell.csrActivity',
        canActivate: [requires('report.read', 'report.readOwn')],
        loadComponent: () => import('./reports/csr-activity-page').then((m) => m.CsrActivityPage),
      },
      {
        path: 'alerts',
        title: 'shell.alerts',
        canActivate: [requires('alert.review')],
        loadComponent: () => import('./alerts/alerts-page').then((m) => m.AlertsPage),
      },
      {
        path: 'mail',
        title: 'shell.mail',
        canActivate: [requires('mail.manage')],
        loadComponent: () => import('./mail/mail-page').then((m) => m.MailPage),
      },
      {
        path: 'mail/mailbox',
        title: 'shell.mailbox',
        canActivate: [requires('mail.manage')],
        loadComponent: () => import('./mail/mailbox-page').then((m) => m.MailboxPage),
      },
      {
        path: 'accounts',
        title: 'shell.accounts',
        canActivate: [requires('account.manage')],
        loadComponent: () => import('./accounts/accounts-page').then((m) => m.AccountsPage),
      },
      {
        path: 'site-settings',
        title: 'shell.siteSettings',
        canActivate: [requires('site.configure')],
        loadComponent: () => import('./site-settings/site-settings-page').then((m) => m.SiteSettingsPage),
      },
      {
        path: 'projections',
        title: 'shell.projections',
        canActivate: [requires('projection.manage')],
        loadComponent: () => import('./projections/projections-page').then((m) => m.ProjectionsPage),
      },
      {
        path: 'erasure',
        title: 'shell.erasure',
        canActivate: [requires('personalData.erase')],
        loadComponent: () => import('./erasure/erasure-page').then((m) => m.ErasurePage),
      },
      { path: 'audit', pathMatch: 'full', redirectTo: 'audit/sessions' },
      {
        path: 'audit/sessions',
        title: 'shell.auditSessions',
        canActivate: [requires('audit.read')],
        loadComponent: () => import('./audit/find-sessions/find-sessions-page').then((m) => m.FindSessionsPage),
      },
      {
        path: 'audit/sessions/:place',
        title: 'shell.auditSessions',
        canActivate: [requires('audit.read')],
        loadComponent: () => import('./audit/session-history/session-history-page').then((m) => m.SessionHistoryPage),
      },
      {
        path: 'audit/site',
        title: 'shell.auditSite',
        canActivate: [requires('audit.read')],
        loadComponent: () => import('./audit/site-history/site-history-page').then((m) => m.SiteHistoryPage),
      },
      {
        path: 'not-allowed',
        title: 'app.notAllowed.title',
        loadComponent: () => import('./shell/not-allowed-page').then((m) => m.NotAllowedPage),
      },
      {
        path: '**',
        title: 'app.unknownPage.title',
        loadComponent: () => import('./shell/unknown-page').then((m) => m.UnknownPage),
      },
    ],
  },
];
