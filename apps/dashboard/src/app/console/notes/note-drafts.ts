import { Injectable } from '@angular/core';
import { keptJson } from '@deskside/ui';
import { isNoteDraft } from './note-draft';
import type { NoteDraft } from './note-draft';

/** The draft of each session, kept in this browser until it is saved or thrown away. */
@Injectable({ providedIn: 'root' })
export class NoteDrafts {
  read(sessionId: string, participantId: string): NoteDraft | null {
    return this.#kept(sessionId, participantId).read();
  }

  write(sessionId: string, participantId: string, draft: NoteDraft | null): void {
    this.#kept(sessionId, participantId).write(draft);
  }

  #kept(sessionId: string, participantId: string): ReturnType<typeof keptJson<NoteDraft>> {
    return keptJson(`deskside.note.${sessionId}.${participantId}`, isNoteDraft);
  }
}
