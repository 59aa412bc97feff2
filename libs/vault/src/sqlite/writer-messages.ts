import type { ErasedKey } from '@deskside/domain';
import type { FileIdentity } from '@deskside/sqlite';
import type { ErasureMark } from '../vault';
import type { ItemKey } from './key-owner';
import type { KeysToMake } from './key-writer';
import type { SealedSecret } from './sealed-secret';
import type { VaultFiles } from './vault-files';
import type { SiteOfLog } from './vault-site';
import type { VaultUnusable } from './vault-unusable';

export interface WriterSettings extends VaultFiles {
  readonly master: Uint8Array;
  /** The file may be made. */
  readonly isNew: boolean;
  /** Whose vault it is or becomes. */
  readonly site?: SiteOfLog | undefined;
  /** The file that an earlier thread has written. */
  readonly identity?: FileIdentity | undefined;
}

/**
 * Everything that changes the vault's file: what is given with it, and what it answers. Each must be harmless when it is done
 * twice: when the writer dies nobody knows whether it was done.
 */
export interface VaultWork {
  readonly makeKeys: { readonly given: KeysToMake; readonly answer: readonly ItemKey[] };
  readonly destroy: { readonly given: readonly ErasedKey[]; readonly answer: null };
  readonly put: { readonly given: SealedSecret; readonly answer: null };
  readonly remove: { readonly given: { kind: string; id: string }; readonly answer: null };
  readonly removeOwned: { readonly given: { owner: string; kinds: readonly string[] }; readonly answer: number };
  readonly sweep: { readonly given: { now: number }; readonly answer: number };
  readonly siteBegun: { readonly given: null; readonly answer: null };
  readonly setErasuresAppliedUpTo: { readonly given: ErasureMark; readonly answer: null };
}

export type WorkName = keyof VaultWork;

/** One piece of work. `id` is the asking side's. */
export type Request = {
  readonly [Name in WorkName]: { readonly id: number; readonly name: Name; readonly given: VaultWork[Name]['given'] };
}[WorkName];

/** An error as it crosses the border between the threads, where classes are lost. */
export type Failure =
  | { readonly code: 'SUBJECT_ERASED'; readonly owner: KeysToMake['owner'] }
  | { readonly code: 'VAULT_FULL' }
  | { readonly code: 'VAULT_UNAVAILABLE' | 'VAULT_DAMAGED' | 'FAILED'; readonly message: string };

export type Answer =
  | { readonly id: number; readonly value: VaultWork[WorkName]['answer'] }
  | { readonly id: number; readonly failure: Failure };

/** `patienceMs`: how long it may wait for other processes before it ends. */
export type ToWriter =
  | { readonly kind: 'work'; readonly requests: readonly Request[] }
  | { readonly kind: 'close'; readonly patienceMs: number };

export type FromWriter =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unusable'; readonly code: VaultUnusable['code']; readonly message: string }
  /** `hasTraces`: bytes of what was removed may still stand in the write-ahead log; `traceless` follows when they are gone. */
  | { readonly kind: 'done'; readonly answers: readonly Answer[]; readonly hasTraces: boolean }
  | { readonly kind: 'traceless' }
  /** Why nothing can be written, as the work that followed has met it; null as soon as something can. */
  | { readonly kind: 'hindered'; readonly why: string | null };
