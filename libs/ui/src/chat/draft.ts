import { keptJson } from './kept-json';
import type { KeptJson } from './kept-json';

/** What stands in a composer and was not sent. */
export interface Draft {
  readonly text: string;
  readonly to: string;
}

/** The draft of one session and person: it survives a reload and a crash, and belongs to no other session. */
export function keptDraft(sessionId: string, participantId: string): KeptJson<Draft> {
  return keptJson(`deskside.draft.${sessionId}.${participantId}`, isDraft);
}

function isDraft(value: unknown): value is Draft {
  return (
    typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string' && 'to' in value
  );
}
