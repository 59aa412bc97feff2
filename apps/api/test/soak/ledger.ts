import { searchText } from '../support/search-bytes';
import type { Chance } from './chance';

/** A command that was accepted, so that what it did is in the log exactly once. */
export interface Acknowledged {
  readonly name: string;
  /** Its command id; of a join, which gets another id in the log, the participant's. */
  readonly id: string;
}

/** What was answered, and what must hold of it at the end. */
export class Ledger {
  readonly acknowledged: Acknowledged[] = [];
  /** How often each code came, by operation; `ok` is counted as well. */
  readonly codes = new Map<string, number>();
  /** Sessions of which something was erased or taken back. */
  readonly withGone = new Set<string>();
  /** Answers in which stood what was gone before they were asked for. */
  readonly leaks: string[] = [];
  readonly #gone = new Set<string>();
  readonly #chance: Chance;
  /** Begins each text that is going to be erased or taken back, and no other text. */
  readonly doomed: string;
  readonly kept: string;

  constructor(chance: Chance) {
    this.#chance = chance;
    this.doomed = `Zq${chance.letters(10)}`;
    this.kept = `Wk${chance.letters(10)}`;
  }

  marker(isDoomed: boolean): string {
    return `${isDoomed ? this.doomed : this.kept}${this.#chance.letters(10)}`;
  }

  count(what: string): void {
    this.codes.set(what, (this.codes.get(what) ?? 0) + 1);
  }

  /** It was acknowledged that these texts are gone. */
  goes(sessionId: string, markers: Iterable<string>): void {
    this.withGone.add(sessionId);
    for (const marker of markers) this.#gone.add(marker);
  }

  get gone(): ReadonlySet<string> {
    return this.#gone;
  }

  /** @param goneBefore what was gone before the question was asked */
  lookFor(goneBefore: ReadonlySet<string>, what: string, answer: string): void {
    if (!answer.includes(this.doomed)) return;
    for (const marker of goneBefore) if (answer.includes(marker)) this.leaks.push(`${marker} in ${what}`);
  }

  /** The same at the end, when everything doomed is gone, in whatever form it is written. */
  lookForAny(what: string, answer: string): void {
    if (searchText(answer, { doomed: this.doomed }).length > 0) this.leaks.push(`${this.doomed} in ${what}`);
  }
}
