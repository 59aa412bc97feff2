import type { AppendResult, ExpectedRevision, LogDamage, LogIntegrity, LogTrouble } from '../event-store';
import type { FileIdentity } from '@deskside/sqlite';
import { ID_BYTES } from './event-id-bytes';
import type { LogUnusable } from './log-schema';

export const HASH_BYTES = 32;
/** Id and hash of one event stand together in `AppendBatch.binary`. */
export const RECORD_BYTES = ID_BYTES + HASH_BYTES;

/** Waiting appends as they cross to the writer thread: few large values instead of many small objects. */
export interface AppendBatch {
  readonly kind: 'append';
  /** One entry an append. */
  readonly streams: string[];
  readonly expected: ExpectedRevision[];
  readonly counts: number[];
  /** One entry an event. */
  readonly types: string[];
  readonly bodies: string[];
  /** RECORD_BYTES an event: id, then hash. */
  readonly binary: Uint8Array;
}

export interface WriterSettings {
  readonly file: string;
  /** Largest body, bytes of UTF-8. */
  readonly maxEventBytes: number;
  readonly verifyAgain: boolean;
  /** An operator has seen what is missing and goes on with what is there. */
  readonly acceptLoss: boolean;
  /** Of the file that an earlier thread has had open; absent at first. */
  readonly identity?: FileIdentity | undefined;
  /** One 32-bit count of messages sent: cheaper to look at than the port. */
  readonly sent: SharedArrayBuffer;
}

export type ToWriter =
  | AppendBatch
  /** Others have found the log damaged: it is left as it is. */
  | { readonly kind: 'distrust'; readonly damage: LogDamage }
  | { readonly kind: 'close' };

/**
 * The outcome of appends in the order in which they were sent. `positions` and `revisions` are those of the last event of
 * each append that wrote; any other outcome stands in `others` under its index.
 */
export interface GroupAnswer {
  readonly kind: 'group';
  readonly positions: BigInt64Array;
  readonly revisions: BigInt64Array;
  readonly others: readonly (readonly [index: number, result: AppendResult])[];
}

export type FromWriter =
  | {
      readonly kind: 'ready';
      readonly head: bigint;
      readonly integrity: LogIntegrity;
      /** Which file it is: a thread that is started again must find the very same. */
      readonly identity: FileIdentity | undefined;
      /** The file beside the log that names its head said nothing. */
      readonly damagedFile: string | null;
    }
  | { readonly kind: 'unusable'; readonly code: LogUnusable['code']; readonly message: string }
  | GroupAnswer
  | { readonly kind: 'integrity'; readonly integrity: LogIntegrity }
  /** What has kept the thread from reading the log again. */
  | { readonly kind: 'notVerified'; readonly reason: string }
  /** Why nothing can be written, as the group that follows has met it; null as soon as something can. */
  | { readonly kind: 'hindered'; readonly trouble: LogTrouble | null }
  | { readonly kind: 'closed' };
