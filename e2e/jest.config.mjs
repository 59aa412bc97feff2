import { nodePreset } from '../jest.preset.mjs';

export default {
  ...nodePreset({ testMatch: ['**/*.e2e.ts'] }),
  globalSetup: './support/provide-browser-and-display.mjs',
  globalTeardown: './support/close-display.mjs',
  setupFilesAfterEnv: ['./support/after-each-test.ts'],
  testTimeout: 120_000,
  maxWorkers: 1,
};
