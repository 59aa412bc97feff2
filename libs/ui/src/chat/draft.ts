import type { OutgoingLine } from './chat-port';
import { keptJson } from '../remembering/kept-json';
import type { KeptJson } from '../remembering/kept-json';

/** What stands in a composer and was not sent. */
export interface Draft {
  readonly text: string;
  readonly to: string;
}

/** Leaves nothing written behind on this computer: the session is over for this person. */
export function forgetWriting(sessionId: string, participantId: string): void {
  keptDraft(sessionId, participantId).write(null);
  keptUnsent(sessionId, participantId).write(null);
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

/** Lines that the log does not show yet, kept over reloads by the same rule. */
export function keptUnsent(sessionId: string, participantId: string): KeptJson<readonly OutgoingLine[]> {
  return keptJson(`deskside.unsent.${sessionId}.${participantId}`, isLines);
}

function isLines(value: unknown): value is readonly OutgoingLine[] {
  return (
    Array.isArray(value) && value.every((line) => typeof line?.commandId === 'string' && typeof line.text === 'string')
  );
}
