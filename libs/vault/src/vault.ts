import type { ErasedKey, SealedText, UnsealedText } from '@deskside/domain';

/** Where a sealed text stands; part of the authenticated data, so that a ciphertext opens in its own place only. */
export interface FieldPlace {
  readonly eventId: string;
  /** Path in the payload, keys joined by dots: `name`, `answers.0.text`. */
  readonly path: string;
}

/**
 * Keys of personal data. A key is durable before `prepare` settles, and therefore before the first event that uses it.
 * Sealing is AES-256-GCM with event id, field path and subject as associated data (NIST SP 800-38D). Whatever writes
 * rejects with VaultFull when the disk has no room. Nothing holds the thread to wait for a lock: what gets no answer in
 * time rejects with VaultUnavailable.
 */
export interface PersonalDataVault {
  /** Makes durable every key that these texts need; `seal` is possible afterwards. */
  prepare(texts: readonly UnsealedText[]): Promise<PreparedSealing>;
  /** The text, or null when its key was destroyed. @throws TextUnreadable when it, or its key, is not what was written. */
  open(sealed: SealedText, place: FieldPlace): Promise<string | null>;
  /**
   * Destroys keys for good: this vault has none of them from the call on, and once it settles nobody reads them in the file
   * any more. Unknown keys are no error; doing it twice changes nothing.
   */
  destroy(keys: readonly ErasedKey[]): Promise<void>;
  /**
   * Settles when no byte of what was destroyed, removed or replaced before is left in any file. That comes by itself
   * and most often at once, but a process that reads an older state of the vault puts it off for as long as it reads.
   * @throws VaultUnavailable when the vault is closed first.
   */
  whenTraceless(): Promise<void>;
  /** True when the key exists: false once destroyed or never made. */
  holds(key: ErasedKey): Promise<boolean>;
  /**
   * Those of these keys that are not destroyed for good here: all of a subject's class when it could still be written, one
   * item when it can still be read.
   */
  undestroyed(keys: readonly ErasedKey[]): Promise<readonly ErasedKey[]>;
  /** Up to which event of the log erasures were applied; null at first. A restored backup gives its own, older one. */
  erasuresAppliedUpTo(): Promise<ErasureMark | null>;
  setErasuresAppliedUpTo(mark: ErasureMark): Promise<void>;
}

/** One event of one log. A position would not do: another log, or the same one restored, has another event there. */
export interface ErasureMark {
  readonly stream: string;
  /** Decimal. */
  readonly revision: string;
  /** Of the event, hexadecimal. */
  readonly hash: string;
}

/** What reads the personal texts of others and writes nothing, e.g. in a thread of its own. */
export interface VaultReader extends Pick<PersonalDataVault, 'open'> {
  close(): Promise<void>;
}

/** Keys held in memory for one append; each text is sealed with a fresh nonce each time. */
export interface PreparedSealing {
  seal(text: UnsealedText, place: FieldPlace): SealedText;
}

/**
 * What must never stand in the log: password hashes, hashes of link secrets, sign-in sessions, customers' bearers.
 * Values are JSON; callers store hashes of secrets, not the secrets. Whatever writes rejects with VaultFull when the disk
 * has no room. What is removed is gone for everybody as soon as the promise settles; its bytes are by `whenTraceless`.
 */
export interface SecretStore {
  put(secret: StoredSecret): Promise<void>;
  /** The secret, or null when it is absent or past `expiresAt` at `now`. */
  get(kind: string, id: string, now: Date): Promise<StoredSecret | null>;
  remove(kind: string, id: string): Promise<void>;
  /** Removes all of an owner's secrets of these kinds, e.g. every sign-in session of one account; says how many. */
  removeOwned(owner: string, kinds: readonly string[]): Promise<number>;
  /** Removes what has expired; says how many. */
  sweep(now: Date): Promise<number>;
}

export interface StoredSecret {
  readonly kind: string;
  readonly id: string;
  /** Subject it belongs to, `representative-<id>` or `customer-<id>`. */
  readonly owner: string;
  readonly value: unknown;
  /** null: never. */
  readonly expiresAt: Date | null;
}

export interface Vault extends PersonalDataVault, SecretStore {
  /** The first event of its site stands in the log: from now on this vault is of no use beside a log without any. */
  siteBegun(): Promise<void>;
  /** Why nothing can be written just now, in a sentence for the operator; null while it can. Reading goes on. */
  trouble(): string | null;
  /** Settles what is pending. Traces that a reader keeps from being removed go when the vault is opened next. */
  close(): Promise<void>;
}
