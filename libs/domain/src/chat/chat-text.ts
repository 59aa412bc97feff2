import { refuse } from '../decider';
import type { Refusal } from '../decider';

export const chatTextLimit = 4000;

/**
 * Chat stays as it was typed (the screens isolate its direction and never read it as HTML); only NUL and what Unicode
 * calls a lone surrogate cannot be kept. Limits count code points.
 */
export function parseChatText(typed: string): { ok: true; text: string } | { ok: false; refusal: Refusal } {
  const text = typed
    .toWellFormed()
    .replaceAll('\0', '')
    .replace(/\r\n?/g, '\n')
    .replace(/^\n+|\s+$/gu, '');
  if (!/[^\p{Z}\p{C}]/u.test(text)) return refuse('CHAT_EMPTY');
  const length = [...text].length;
  if (length > chatTextLimit) return refuse('CHAT_TOO_LONG', { limit: chatTextLimit, length });
  return { ok: true, text };
}
