import { setTimeout as pause } from 'node:timers/promises';

const lookEveryMs = 25;

/** Looks until it is so. @param what for the sentence with which it gives up */
export async function until(what: string, isSo: () => Promise<boolean>, withinMs = 30_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`Waited ${withinMs} ms in vain until ${what}.`);
    await pause(lookEveryMs);
  }
}
