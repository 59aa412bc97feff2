import { nodePreset } from '../../jest.preset.mjs';

// Threads and processes are started in TypeScript: seconds on a busy machine.
export default { ...nodePreset(), testTimeout: 30_000 };
