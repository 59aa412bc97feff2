import { setTimeout as pause } from 'node:timers/promises';

const lookEvery = 10;

/** Looks until it is so. @throws with what was waited for */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`Waited ${withinMs} ms in vain until ${what}.`);
    await pause(lookEvery);
  }
}
