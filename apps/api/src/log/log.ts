import type { EventStore } from '@deskside/event-store';
import type { SqliteEventStore } from '@deskside/event-store/sqlite';
import type { Vault } from '@deskside/vault';

export const EVENT_STORE = Symbol('EventStore');
export const VAULT = Symbol('Vault');
export const SETTINGS = Symbol('Settings');
export const SITE_IDENTITY = Symbol('SiteIdentity');
export const LOGGER = Symbol('Logger');

/** A store of this node that tells when it has grown, so that other threads' readers can be woken. */
export type NodeEventStore = EventStore & Pick<SqliteEventStore, 'onCommitted'>;
export type NodeVault = Vault;

/** Whose log this is and who writes it; stands in every envelope. */
export interface SiteIdentity {
  readonly siteId: string;
  readonly writer: { readonly version: string; readonly boot: string };
}
