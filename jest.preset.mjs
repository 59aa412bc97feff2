// One jest set-up for everything that runs in Node: native ES modules, swc, the workspace's own paths.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8'));

export const moduleNameMapper = Object.fromEntries(
  Object.entries(compilerOptions.paths).map(([name, [path]]) => [`^${name}$`, join(root, path)]),
);

/** In milliseconds. A test that hangs fails; one on a busy machine does not: what takes one second alone takes ten there. */
export const testTimeout = 30_000;

/** @param {{ decorators?: boolean, testMatch?: string[] }} [options] */
export function nodePreset({ decorators = false, testMatch = ['**/*.unit.spec.ts', '**/*.int.spec.ts'] } = {}) {
  return {
    testEnvironment: 'node',
    testMatch,
    extensionsToTreatAsEsm: ['.ts'],
    moduleNameMapper,
    injectGlobals: false,
    testTimeout,
    transform: {
      '^.+\\.ts$': [
        '@swc/jest',
        {
          jsc: {
            target: 'es2024',
            // Without them an imported JSON file is refused.
            experimental: { keepImportAttributes: true },
            parser: { syntax: 'typescript', decorators },
            transform: decorators ? { legacyDecorator: true, decoratorMetadata: true } : {},
          },
          module: { type: 'es6' },
        },
      ],
    },
  };
}
