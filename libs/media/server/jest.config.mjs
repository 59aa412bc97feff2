import { nodePreset } from '../../../jest.preset.mjs';

// A test that hangs fails; one on a busy machine does not.
export default { ...nodePreset(), testTimeout: 30_000 };
