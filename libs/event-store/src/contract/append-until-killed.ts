import { stdout } from 'node:process';
import type { EventStore } from '../event-store';
import { seededRandom } from './random';
import { SealedStream } from './sealed-stream';

/** What each event of the kill test carries: enough to see afterwards whether its append is there whole. */
export interface KillPayload {
  readonly append: string;
  /** Events of that append. */
  readonly of: number;
}

const WRITERS = 6;
const LARGEST_APPEND = 5;

/** Settles when the line has left this process, which a reader that is slow can hold up. */
function said(line: string): Promise<void> {
  return new Promise((left, failed) => {
    stdout.write(`${line}\n`, (error) => (error ? failed(error) : left()));
  });
}

/**
 * Several writers append without end; the id of each acknowledged append goes to standard output as a line. What has not
 * left the process when it is killed was acknowledged to nobody.
 */
export async function appendUntilKilled(store: EventStore, seed: number): Promise<never> {
  const random = seededRandom(seed);
  const work = Array.from({ length: WRITERS }, async (_, writer) => {
    const stream = new SealedStream(`killed-${seed}-${writer}`);
    for (let number = 0; ; number++) {
      const append = `${seed}-${writer}-${number}`;
      const of = 1 + Math.floor(random() * LARGEST_APPEND);
      const expected = stream.revision < 0n ? 'noStream' : stream.revision;
      const events = stream.sealMany(of, { payload: { append, of } satisfies KillPayload });
      const result = await store.append(stream.name, events, expected);
      if (!result.ok) throw new Error(`Append ${append} was refused: ${result.code}.`);
      await said(append);
    }
  });
  await Promise.all(work);
  throw new Error('The writers ended by themselves.');
}
