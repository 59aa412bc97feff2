import { join } from 'node:path';
import { nodePreset } from '../../jest.preset.mjs';

export default {
  ...nodePreset({ decorators: true }),
  globalSetup: join(import.meta.dirname, 'test/support/build-server.mjs'),
};
