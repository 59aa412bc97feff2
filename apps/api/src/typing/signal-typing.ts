import type { Limits } from '../limits/limits';
import type { Signals, TypingSignal } from './signals';

/** @returns whether it was passed on: more often than anybody types it is lost, which does no harm */
export function signalTyping(
  { signals, limits }: { readonly signals: Signals; readonly limits: Limits },
  sessionId: string,
  signal: TypingSignal,
): boolean {
  if (limits.rate('typingOfParticipant').take(signal.participantId) > 0) return false;
  signals.publish(sessionId, signal);
  return true;
}
