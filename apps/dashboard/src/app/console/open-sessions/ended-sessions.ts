import { notesOpenAfterEndMinutes } from '@deskside/domain';
import { keptJson } from '@deskside/ui';
import type { SessionSummaryFieldsFragment } from '../../../generated/graphql';

interface EndedSession {
  readonly summary: SessionSummaryFieldsFragment;
  /** Milliseconds since 1970. */
  readonly since: number;
}

const keptMs = notesOpenAfterEndMinutes * 60_000;

/** Sessions that ended and were not closed yet: after a reload they are there again as long as their notes can be written. */
export class EndedSessions {
  readonly #kept;

  /** @param account whose sessions they are */
  constructor(account: string) {
    this.#kept = keptJson(`deskside.ended.${account}`, isEndedSessions);
  }

  read(now: number): readonly SessionSummaryFieldsFragment[] {
    return this.#all()
      .filter(({ since }) => now - since < keptMs)
      .map(({ summary }) => summary);
  }

  add(summary: SessionSummaryFieldsFragment, now: number): void {
    if (this.#all().some((ended) => ended.summary.id === summary.id)) return;
    const others = this.#all().filter(({ since }) => now - since < keptMs);
    this.#kept.write([...others, { summary, since: now }]);
  }

  forget(id: string): void {
    const others = this.#all().filter(({ summary }) => summary.id !== id);
    this.#kept.write(others.length === 0 ? null : others);
  }

  #all(): readonly EndedSession[] {
    return this.#kept.read() ?? [];
  }
}

function isEndedSessions(value: unknown): value is readonly EndedSession[] {
  return (
    Array.isArray(value) &&
    value.every((ended) => typeof ended?.since === 'number' && typeof ended.summary?.id === 'string')
  );
}
