import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import type { ErasedKey, UnsealedText } from '@deskside/domain';
import type { ErasureMark, PreparedSealing, StoredSecret, Vault } from '../vault';
import { ErasureMarkReader } from './erasure-mark';
import { KeyMaking } from './key-making';
import { KeyRing } from './key-ring';
import { checkVault } from './check-vault';
import type { WantedVault } from './check-vault';
import { makeMasterKey, readMasterKey } from './master-key';
import { openVaultForReading } from './open-vault-file';
import { openSecret, sealSecret } from './sealed-secret';
import { SecretReader } from './secret-reader';
import { SqliteVaultReader } from './sqlite-vault-reader';
import type { OnTextUnreadable } from './sqlite-vault-reader';
import { WriterClient } from './writer-client';
import type { OnVaultIncident } from './writer-client';

export interface SqliteVaultOptions extends WantedVault {
  /** Told when nothing can be written, when it can again, and of texts that do not open. */
  readonly onIncident?: OnVaultIncident;
}

/** How long a close waits for what is under way and for other processes, in all. */
const CLOSE_PATIENCE_MS = 3000;

/** Opens the vault, or makes it for a site that is new. @throws VaultUnusable, and has made and changed nothing then. */
export async function openSqliteVault(options: SqliteVaultOptions): Promise<Vault> {
  const { file, masterKeyFile, site, onIncident } = options;
  const found = await checkVault(options);
  const isNew = found === null || found.isUnfinished;
  if (found === null) makeMasterKey(masterKeyFile);
  const master = readMasterKey({ file, masterKeyFile });
  const settings = { file, masterKeyFile, master, isNew, site };
  const writer = await WriterClient.open(settings, onIncident);
  try {
    const onTextUnreadable: OnTextUnreadable = (reason) => onIncident?.({ kind: 'textUnreadable', reason });
    return new SqliteVault(await openVaultForReading(settings), { master, writer, onTextUnreadable });
  } catch (error) {
    await writer.close(CLOSE_PATIENCE_MS);
    throw error;
  }
}

/** Seals, opens and reads on this thread, without ever waiting for a lock on it; whatever is written, a thread of its own writes. */
class SqliteVault extends SqliteVaultReader implements Vault {
  readonly #master: Uint8Array;
  readonly #writer: WriterClient;
  readonly #ring: KeyRing;
  readonly #making: KeyMaking;
  readonly #secrets: SecretReader;
  readonly #mark: ErasureMarkReader;

  constructor(
    db: DatabaseSync,
    {
      master,
      writer,
      onTextUnreadable,
    }: { master: Uint8Array; writer: WriterClient; onTextUnreadable: OnTextUnreadable },
  ) {
    super(db, master, onTextUnreadable);
    this.#master = master;
    this.#writer = writer;
    this.#ring = new KeyRing(this.known);
    this.#making = new KeyMaking(this.#ring, writer, (work) => this.read(work));
    this.#secrets = new SecretReader(db);
    this.#mark = new ErasureMarkReader(db);
  }

  trouble(): string | null {
    return this.#writer.trouble;
  }

  prepare(texts: readonly UnsealedText[]): Promise<PreparedSealing> {
    return this.#making.prepare(texts);
  }

  async destroy(keys: readonly ErasedKey[]): Promise<void> {
    const isWritten = this.#ring.forget(keys);
    await this.#writer.ask('destroy', keys).finally(isWritten);
  }

  whenTraceless(): Promise<void> {
    return this.#writer.traces.whenGone();
  }

  undestroyed(keys: readonly ErasedKey[]): Promise<readonly ErasedKey[]> {
    return this.read(() => keys.filter((key) => this.keys.isUndestroyed(key)));
  }

  erasuresAppliedUpTo(): Promise<ErasureMark | null> {
    return this.read(() => this.#mark.read());
  }

  async setErasuresAppliedUpTo(mark: ErasureMark): Promise<void> {
    await this.#writer.ask('setErasuresAppliedUpTo', mark);
  }

  async siteBegun(): Promise<void> {
    await this.#writer.ask('siteBegun', null);
  }

  async put(secret: StoredSecret): Promise<void> {
    await this.#writer.ask('put', sealSecret(this.#master, secret));
  }

  async get(kind: string, id: string, now: Date): Promise<StoredSecret | null> {
    return this.read(() => {
      const secret = this.#secrets.get(kind, id, now.getTime());
      return secret && openSecret(this.#master, secret);
    });
  }

  async remove(kind: string, id: string): Promise<void> {
    await this.#writer.ask('remove', { kind, id });
  }

  removeOwned(owner: string, kinds: readonly string[]): Promise<number> {
    return this.#writer.ask('removeOwned', { owner, kinds });
  }

  sweep(now: Date): Promise<number> {
    return this.#writer.ask('sweep', { now: now.getTime() });
  }

  /** The thread that writes goes last: whoever closes the file last leaves no write-ahead log beside it. */
  override async close(): Promise<void> {
    const deadline = performance.now() + CLOSE_PATIENCE_MS;
    const settled = this.#making.idle().then(() => this.#writer.settled());
    await Promise.race([settled, pause(CLOSE_PATIENCE_MS, undefined, { ref: false })]);
    await super.close();
    await this.#writer.close(Math.max(0, deadline - performance.now()));
  }

  protected override damaged(why: string): void {
    this.#writer.damaged(why);
  }
}
