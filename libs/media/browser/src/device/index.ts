export type { KnownDevice } from './known-browsers';
export type { BrowserHelp, PermissionHelp, SystemHelp } from './permission-help';
export * from './this-device';
