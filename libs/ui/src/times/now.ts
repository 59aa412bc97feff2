import { DestroyRef, inject, signal } from '@angular/core';
import type { Signal } from '@angular/core';

/** The time of this computer in milliseconds since 1970, renewed every `everyMs` while whoever asked is there. */
export function injectNow(everyMs = 1_000): Signal<number> {
  const now = signal(Date.now());
  const timer = setInterval(() => now.set(Date.now()), everyMs);
  inject(DestroyRef).onDestroy(() => clearInterval(timer));
  return now.asReadonly();
}
