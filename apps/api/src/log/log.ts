import type { WriteRefusal } from '@deskside/domain';
import type { EventStore, LogIntegrity } from '@deskside/event-store';
import type { Vault } from '@deskside/vault';

export const EVENT_STORE = Symbol('EventStore');
export const VAULT = Symbol('Vault');
export const SETTINGS = Symbol('Settings');
export const SITE_IDENTITY = Symbol('SiteIdentity');
export const LOGGER = Symbol('Logger');

export type NodeVault = Vault;

/** Whose log this is and who writes it; stands in every envelope. */
export interface SiteIdentity {
  readonly siteId: string;
  readonly writer: { readonly version: string; readonly boot: string };
}

/** How the log stands, for people and for whoever watches the server; `damaged` and `unavailable` mean read-only. */
export type LogStatus = LogIntegrity['status'] | 'unavailable';

/** With what the command path would refuse an event just now; null while the log takes them, as far as is known. */
export function writeRefusal(store: Pick<EventStore, 'integrity' | 'trouble'>): WriteRefusal | null {
  if (store.integrity().status === 'damaged') return 'LOG_READ_ONLY';
  const trouble = store.trouble();
  if (trouble === null) return null;
  return trouble.code === 'LOG_DISK_FULL' ? 'LOG_DISK_FULL' : 'LOG_UNAVAILABLE';
}

export function logStatus(store: Pick<EventStore, 'integrity' | 'trouble'>): LogStatus {
  const { status } = store.integrity();
  return status !== 'damaged' && store.trouble() !== null ? 'unavailable' : status;
}
