import { Injectable } from '@angular/core';
import { rememberedText } from '@deskside/ui';

const kept = 50;

/** Up to which event this browser's person has read each session, so that a reload makes nothing unread again. */
@Injectable({ providedIn: 'root' })
export class ReadMarks {
  readonly #remembered = rememberedText('deskside.read-up-to');

  of(sessionId: string): number {
    return this.#all().get(sessionId) ?? -1;
  }

  set(sessionId: string, revision: number): void {
    const marks = this.#all();
    if ((marks.get(sessionId) ?? -1) >= revision) return;
    marks.delete(sessionId);
    marks.set(sessionId, revision);
    this.#remembered.write(JSON.stringify([...marks].slice(-kept)));
  }

  #all(): Map<string, number> {
    try {
      const entries: unknown = JSON.parse(this.#remembered.read() ?? '[]');
      return new Map(Array.isArray(entries) ? (entries as [string, number][]) : []);
    } catch {
      return new Map();
    }
  }
}
