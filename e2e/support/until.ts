import { setTimeout as pause } from 'node:timers/promises';

/** Settles with the first answer that is neither false nor null; for what no page shows. @throws what was waited for, after 20 seconds */
export async function until<T>(what: string, ask: () => Promise<T | false | null>, withinMs = 20_000): Promise<T> {
  const begun = performance.now();
  for (;;) {
    const answer = await ask();
    if (answer !== false && answer !== null) return answer;
    if (performance.now() - begun > withinMs) throw new Error(`In vain: ${what} (${withinMs} ms).`);
    await pause(50);
  }
}
