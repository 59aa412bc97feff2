import { DestroyRef, inject, signal } from '@angular/core';
import type { Signal } from '@angular/core';
import type { Observable } from 'rxjs';
import { markLastsMs } from './typing-mark';

export interface TypingSignal {
  readonly participantId: string;
  readonly typing: boolean;
}

/** Who types at this moment, by participant. A mark that is not renewed goes out: signals can be lost. */
export function injectWhoTypes(signals: Observable<TypingSignal>): Signal<readonly string[]> {
  const typing = signal<readonly string[]>([]);
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const forget = (id: string): void => typing.update((ids) => ids.filter((other) => other !== id));
  const subscription = signals.subscribe({
    next: ({ participantId, typing: is }) => {
      clearTimeout(timers.get(participantId));
      if (!is) return forget(participantId);
      timers.set(
        participantId,
        setTimeout(() => forget(participantId), markLastsMs),
      );
      typing.update((ids) => (ids.includes(participantId) ? ids : [...ids, participantId]));
    },
    // Marks are a courtesy: the session's own feed says why the server refuses.
    error: () => typing.set([]),
  });
  inject(DestroyRef).onDestroy(() => {
    subscription.unsubscribe();
    timers.forEach(clearTimeout);
  });
  return typing.asReadonly();
}
