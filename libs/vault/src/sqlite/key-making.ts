import type { UnsealedText } from '@deskside/domain';
import type { PreparedSealing } from '../vault';
import { VaultUnavailable } from '../vault-unavailable';
import { ownerName } from './key-owner';
import type { KeyRing } from './key-ring';
import type { KeysToMake } from './key-writer';
import type { WriterClient } from './writer-client';

interface Waiting {
  readonly texts: readonly UnsealedText[];
  readonly resolve: (prepared: PreparedSealing) => void;
  readonly reject: (error: unknown) => void;
  rounds: number;
}

/** Others may take the keys of a round first; more often than this they do not. */
const ROUNDS = 5;

/**
 * Makes the keys that all callers of one turn need in one durable write: new sessions that come together share a sync.
 * Whoever comes while keys are made waits for the next round, since the keys that they need may be among them.
 */
export class KeyMaking {
  readonly #ring: KeyRing;
  readonly #writer: Pick<WriterClient, 'ask'>;
  readonly #read: <Result>(work: () => Result) => Promise<Result>;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  /** @param read runs what looks into the file */
  constructor(ring: KeyRing, writer: Pick<WriterClient, 'ask'>, read: <Result>(work: () => Result) => Promise<Result>) {
    this.#ring = ring;
    this.#writer = writer;
    this.#read = read;
  }

  async prepare(texts: readonly UnsealedText[]): Promise<PreparedSealing> {
    const prepared = await this.#read(() => this.#ring.prepare(texts));
    return prepared ?? new Promise((resolve, reject) => this.#wait({ texts, resolve, reject, rounds: 0 }));
  }

  /** Settles once nobody waits any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #wait(waiting: Waiting): void {
    this.#waiting.push(waiting);
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    // After all promise callbacks of this turn, so that its other callers are there as well.
    await new Promise<void>((resolve) => process.nextTick(resolve));
    while (this.#waiting.length > 0) {
      const waiting = this.#waiting;
      this.#waiting = [];
      await this.#round(waiting).catch((error: unknown) => {
        for (const { reject } of waiting) reject(error);
      });
    }
    this.#running = undefined;
  }

  async #round(waiting: readonly Waiting[]): Promise<void> {
    const lacks = await this.#read(() => this.#ring.lackOf(waiting.flatMap(({ texts }) => texts)));
    const failures = await this.#make(lacks);
    for (const one of waiting) await this.#serve(one, failures).catch(one.reject);
  }

  /** @returns why there are no keys, by owner. */
  async #make(lacks: readonly KeysToMake[]): Promise<ReadonlyMap<string, unknown>> {
    const failures = new Map<string, unknown>();
    const made = lacks.map(async (lack) => this.#ring.fill(lack.owner, await this.#writer.ask('makeKeys', lack)));
    for (const [index, outcome] of (await Promise.allSettled(made)).entries()) {
      const owner = lacks[index]?.owner;
      if (owner && outcome.status === 'rejected') failures.set(ownerName(owner), outcome.reason);
    }
    return failures;
  }

  /** One that is refused fails alone. */
  async #serve(waiting: Waiting, failures: ReadonlyMap<string, unknown>): Promise<void> {
    const { texts, resolve, reject } = waiting;
    const refused = texts.find((text) => failures.has(ownerName(text)));
    if (refused) return reject(failures.get(ownerName(refused)));
    const prepared = await this.#read(() => this.#ring.prepare(texts));
    if (prepared) return resolve(prepared);
    waiting.rounds += 1;
    if (waiting.rounds < ROUNDS) this.#waiting.push(waiting);
    else reject(new VaultUnavailable('the keys that were made are gone again'));
  }
}
