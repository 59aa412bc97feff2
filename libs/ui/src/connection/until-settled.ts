import { firstValueFrom, timer } from 'rxjs';
import { passesByItself, secondsAskedFor } from '../refusals/failure';
import { backOffMs } from './back-off';
import type { Answer } from './requests';

export interface Settling {
  /** False: the answer no longer counts, and the last one is given back. */
  readonly isWanted: () => boolean;
  /** Settles when it is time to ask again, and no sooner than after this many seconds. */
  readonly pause?: (attempt: number, seconds: number) => Promise<void>;
}

/**
 * Asks again what the server refused only for the moment, until it is done or refused for good. For what the person sees
 * as done already, and for what the page does by itself: nobody would read the sentence and press again. `ask` sends the
 * same commandId each time.
 */
export async function untilSettled<Data>(
  ask: () => Promise<Answer<Data>>,
  { isWanted, pause = waitInTurn }: Settling,
): Promise<Answer<Data>> {
  for (let attempt = 0; ; attempt++) {
    const answer = await ask();
    if (answer.ok || !passesByItself(answer.failure)) return answer;
    if (isWanted()) await pause(attempt, secondsAskedFor(answer.failure));
    if (!isWanted()) return answer;
  }
}

async function waitInTurn(attempt: number, seconds: number): Promise<void> {
  await firstValueFrom(timer(Math.max(seconds * 1000, backOffMs(attempt, Math.random()))));
}
