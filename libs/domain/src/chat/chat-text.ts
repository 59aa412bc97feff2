import { refuse } from '../decider';
import type { Refusal } from '../decider';

export const chatTextLimit = 4000;

/** Something that can be seen; new emoji that this version's Unicode does not know yet count as seen. */
const visible = /[^\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/**
 * Chat stays as it was typed (the screens isolate its direction and never read it as HTML); only NUL and what Unicode
 * calls a lone surrogate cannot be kept. Limits count code points. No pattern here may backtrack over the whole text: it
 * is a stranger's and can be long.
 */
export function parseChatText(typed: string): { ok: true; text: string } | { ok: false; refusal: Refusal } {
  const text = typed.toWellFormed().replaceAll('\0', '').replace(/\r\n?/g, '\n').replace(/^\n+/, '').trimEnd();
  if (!visible.test(text)) return refuse('CHAT_EMPTY');
  const length = [...text].length;
  if (length > chatTextLimit) return refuse('CHAT_TOO_LONG', { limit: chatTextLimit, length });
  return { ok: true, text };
}
