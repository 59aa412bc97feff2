import { afterEach, beforeEach, describe } from '@jest/globals';
import { appendContract } from './append-contract';
import { killContract } from './kill-contract';
import { readContract } from './read-contract';
import type { OpenHarness, StoreHarness } from './store-harness';

/** Everything that the port promises, for any adapter. `open` makes an empty store for each test. */
export function eventStoreContract(name: string, open: OpenHarness): void {
  describe(`event store contract: ${name}`, () => {
    let harness: StoreHarness;
    const current = (): StoreHarness => harness;
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.dispose());

    describe('append', () => appendContract(current));
    describe('read and subscribe', () => readContract(current));
    describe('crash', () => killContract(current));
  });
}
