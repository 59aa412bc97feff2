// Jest for whatever is written with Angular: native ES modules, no zone, the workspace's own paths.
import { fileURLToPath } from 'node:url';
import presets from 'jest-preset-angular/presets/index.js';
import { moduleNameMapper, testTimeout } from '../../jest.preset.mjs';

/** @param {{ testMatch?: string[] }} [options] */
export function angularPreset({ testMatch = ['**/*.unit.spec.ts', '**/*.int.spec.ts'] } = {}) {
  const preset = presets.createEsmPreset({ tsconfig: '<rootDir>/tsconfig.spec.json' });
  return {
    ...preset,
    testMatch,
    injectGlobals: false,
    testTimeout,
    moduleNameMapper: { ...preset.moduleNameMapper, ...moduleNameMapper },
    setupFilesAfterEnv: [fileURLToPath(new URL('./jest.setup.mjs', import.meta.url))],
  };
}
