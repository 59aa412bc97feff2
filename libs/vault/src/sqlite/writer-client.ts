import { VaultUnavailable } from '../vault-unavailable';
import { toError } from './failure';
import { LastingWriter } from './lasting-writer';
import { Traces } from './traces';
import type { Answer, FromWriter, Request, VaultWork, WorkName, WriterSettings } from './writer-messages';

/** Work that was under way when the thread ended is sent to the next one, this often in all. */
const SENT_AT_MOST = 2;

interface Asked {
  readonly request: Request;
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
  sent: number;
}

export type VaultIncident =
  | { readonly kind: 'vaultWriterLost' | 'vaultHindered'; readonly reason: string }
  | { readonly kind: 'vaultWriterRestarted' | 'vaultFree' }
  /** Each time that a text does not open; why, without a word of it. */
  | { readonly kind: 'textUnreadable'; readonly reason: string };
export type OnVaultIncident = (incident: VaultIncident) => void;

/** This side of the thread that writes: sends the work of one turn together and settles it as it is answered. */
export class WriterClient {
  readonly traces = new Traces();
  readonly #onIncident: OnVaultIncident;
  /** What was sent and is not answered, in the order in which it was asked for. */
  readonly #sent = new Map<number, Asked>();
  #unsent: Asked[] = [];
  #writer: LastingWriter | undefined;
  #lastId = 0;
  #last: Promise<unknown> = Promise.resolve();
  #isFlushPlanned = false;
  #isClosed = false;
  #trouble: string | null = null;
  #damage: string | null = null;

  private constructor(onIncident: OnVaultIncident) {
    this.#onIncident = onIncident;
  }

  /** @throws VaultUnusable */
  static async open(settings: WriterSettings, onIncident: OnVaultIncident = () => undefined): Promise<WriterClient> {
    const client = new WriterClient((incident) => {
      if (!client.#isClosed) onIncident(incident);
    });
    client.#writer = await LastingWriter.start(settings, {
      told: (message) => client.#receive(message),
      startedAgain: () => {
        client.#trouble = null;
        client.#onIncident({ kind: 'vaultWriterRestarted' });
        client.#flush();
      },
      ended: (why) => {
        client.#trouble = why;
        client.#onIncident({ kind: 'vaultWriterLost', reason: why });
        client.#lose(why);
      },
      notStarted: (why) => {
        client.#trouble = why;
        client.#refuseUnsent(why);
      },
    });
    return client;
  }

  /** Why nothing can be written at this moment, as far as that is known; null while it can. */
  get trouble(): string | null {
    return this.#damage ?? this.#trouble;
  }

  /** Somebody who reads has found that the file is not what was written. That does not pass. */
  damaged(why: string): void {
    if (this.#damage !== null) return;
    this.#damage = why;
    this.#onIncident({ kind: 'vaultHindered', reason: why });
  }

  /** @throws SubjectErased, VaultFull; VaultUnavailable when there is no answer, and whether it was done is unknown. */
  ask<Name extends WorkName>(name: Name, given: VaultWork[Name]['given']): Promise<VaultWork[Name]['answer']> {
    if (this.#isClosed) return Promise.reject(new VaultUnavailable('it is closed'));
    const answer = new Promise<VaultWork[Name]['answer']>((resolve, reject) => {
      const request = { id: (this.#lastId += 1), name, given } as unknown as Request;
      this.#unsent.push({ request, resolve, reject, sent: 0 });
      this.#planFlush();
    });
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  /** Settles when all that was asked for until now is answered: answers come in order. */
  async settled(): Promise<void> {
    await this.#last;
  }

  /** What is not answered in the time that the thread has to close is refused. */
  async close(patienceMs: number): Promise<void> {
    this.#isClosed = true;
    this.#flush();
    await this.#writer?.close(patienceMs);
    this.#lose('it is closed');
    this.#refuseUnsent('it is closed');
    this.traces.close();
  }

  #planFlush(): void {
    if (this.#isFlushPlanned) return;
    this.#isFlushPlanned = true;
    // A tick callback runs after all promise callbacks of this turn.
    process.nextTick(() => {
      this.#isFlushPlanned = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#unsent.length === 0 || !this.#writer?.isWorking) return;
    const asked = this.#unsent;
    this.#unsent = [];
    for (const one of asked) {
      one.sent += 1;
      this.#sent.set(one.request.id, one);
    }
    this.#writer.send({ kind: 'work', requests: asked.map(({ request }) => request) });
  }

  #receive(message: FromWriter): void {
    if (message.kind === 'traceless') this.traces.gone();
    if (message.kind === 'hindered') this.#hinder(message.why);
    if (message.kind !== 'done') return;
    if (message.hasTraces) this.traces.left();
    else this.traces.gone();
    for (const answer of message.answers) this.#settle(answer);
  }

  #hinder(why: string | null): void {
    this.#trouble = why;
    this.#onIncident(why === null ? { kind: 'vaultFree' } : { kind: 'vaultHindered', reason: why });
  }

  #settle(answer: Answer): void {
    const asked = this.#sent.get(answer.id);
    this.#sent.delete(answer.id);
    if ('failure' in answer) asked?.reject(toError(answer.failure));
    else asked?.resolve(answer.value as never);
  }

  #lose(why: string): void {
    this.traces.left();
    const lost = [...this.#sent.values()];
    this.#sent.clear();
    const isRepeated = ({ sent }: Asked): boolean => sent < SENT_AT_MOST;
    this.#unsent.unshift(...lost.filter(isRepeated));
    for (const one of lost) if (!isRepeated(one)) one.reject(new VaultUnavailable(why));
  }

  #refuseUnsent(why: string): void {
    const refused = this.#unsent;
    this.#unsent = [];
    for (const { reject } of refused) reject(new VaultUnavailable(why));
  }
}
