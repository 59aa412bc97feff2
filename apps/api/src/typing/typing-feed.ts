import { streamOf } from '../command-path/derived-id';
import type { EventHub } from '../live-feed/event-hub';
import type { Signals, TypingSignal } from './signals';

/** What the others in the session signal to this participant, for as long as he is in it. */
export function typingFeed(
  { signals, hub }: { readonly signals: Signals; readonly hub: EventHub },
  { sessionId, participantId }: { readonly sessionId: string; readonly participantId: string },
): AsyncIterableIterator<TypingSignal> {
  const feed = signals.subscribe(sessionId, participantId);
  const end = async (): Promise<IteratorResult<TypingSignal, undefined>> => {
    stopWatching();
    await feed.return?.();
    return { done: true, value: undefined };
  };
  const stopWatching = hub.onStream(streamOf('supportSession', sessionId), ({ envelope: { type, payload } }) => {
    const isHis = (payload as { participantId?: string }).participantId === participantId;
    if (isHis && (type === 'ParticipantLeft' || type === 'ParticipantRemoved')) void end();
  });
  return {
    next: () => feed.next(),
    return: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
