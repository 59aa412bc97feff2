import { afterEach, beforeEach, describe, jest } from '@jest/globals';
import { appendContract } from './append-contract';
import { killContract } from './kill-contract';
import { readContract } from './read-contract';
import { SealedStream } from './sealed-stream';
import type { OpenHarness, StoreHarness } from './store-harness';

/** Each append waits for the disk, or for a server, and a busy machine may be slow: this bounds a hang, it measures nothing. */
const TEST_MS = 120_000;

/** Everything that the port promises, for any adapter. `open` makes an empty store for each test. */
export function eventStoreContract(name: string, open: OpenHarness): void {
  describe(`event store contract: ${name}`, () => {
    jest.setTimeout(TEST_MS);
    let harness: StoreHarness;
    const current = (): StoreHarness => harness;
    beforeEach(async () => {
      harness = await open();
      SealedStream.prefix = harness.streamPrefix ?? '';
    });
    afterEach(async () => {
      SealedStream.prefix = '';
      await harness.dispose();
    });

    describe('append', () => appendContract(current));
    describe('read and subscribe', () => readContract(current));
    describe('crash', () => killContract(current));
  });
}
