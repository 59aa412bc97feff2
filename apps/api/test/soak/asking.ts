import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from '../support/answer';
import type { Ledger } from './ledger';

export type Variables = Readonly<Record<string, unknown>>;

export interface Asker {
  ask(name: string, variables?: Variables): Promise<Answer>;
}

/** The same command is sent again for them, as the pages do. */
const again = new Set(['NOT_YET', 'TOO_MANY_REQUESTS', 'TOO_MANY_OPEN', 'LOG_UNAVAILABLE']);
const againAfterMs = 250;
const giveUpAfterMs = 90_000;

/** Asks until there is an answer, over kills and starts, with the same variables and so the same command id each time. */
export class Asking {
  readonly #ledger: Ledger;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** The value when it was accepted, else null; the code is counted. */
  async until<T = Readonly<Record<string, unknown>>>(
    who: Asker,
    name: string,
    variables: Variables = {},
  ): Promise<T | null> {
    const end = performance.now() + giveUpAfterMs;
    while (performance.now() < end) {
      const goneBefore = new Set(this.#ledger.gone);
      const answer = await who.ask(name, variables).catch(() => null);
      if (answer !== null && !isNotServing(answer)) {
        this.#ledger.count(`${name}: ${answer.code}`);
        this.#ledger.lookFor(goneBefore, name, answer.text);
        if (answer.code === 'ok') return this.#accepted(name, variables, answer.value as T);
        if (!again.has(answer.code)) return null;
      }
      await pause(againAfterMs);
    }
    this.#ledger.count(`${name}: no answer`);
    return null;
  }

  #accepted<T>(name: string, { commandId }: Variables, value: T): T {
    const id = (value as { participantId?: string } | null)?.participantId;
    if (name === 'joinByNumber' && id !== undefined) this.#ledger.acknowledged.push({ name, id });
    else if (typeof commandId === 'string') this.#ledger.acknowledged.push({ name, id: commandId });
    return value;
  }
}

/** A server that is about to end says so to whoever comes in between. */
function isNotServing({ status, code }: Answer): boolean {
  return status === 503 || (code === 'no JSON' && status >= 500);
}
