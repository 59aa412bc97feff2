import { afterEach, beforeEach, describe, jest } from '@jest/globals';
import { erasureContract } from './erasure-contract';
import { sealingContract } from './sealing-contract';
import { secretContract } from './secret-contract';
import type { OpenVaultHarness, VaultHarness } from './vault-harness';

/** Each key waits for the disk, and a busy machine's disk may be slow: this bounds a hang, it measures nothing. */
const TEST_MS = 60_000;

/** Everything that the port promises, for any adapter. `open` makes an empty vault for each test. */
export function vaultContract(name: string, open: OpenVaultHarness): void {
  describe(`vault contract: ${name}`, () => {
    jest.setTimeout(TEST_MS);
    let harness: VaultHarness;
    const current = (): VaultHarness => harness;
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.dispose());

    describe('sealing', () => sealingContract(current));
    describe('erasure', () => erasureContract(current));
    describe('secrets', () => secretContract(current));
  });
}
