import { nodePreset } from '../../../jest.preset.mjs';

// Real browsers and a real media server, on machines with other work.
export default {
  ...nodePreset(),
  globalSetup: './jest.setup.mjs',
  globalTeardown: './jest.teardown.mjs',
  testTimeout: 90_000,
  maxWorkers: 1,
};
