import { describe, expect, it } from '@jest/globals';
import { lockfileProblems, looseVersions, missingEntries } from './lockfile.mjs';

describe('the lock file', () => {
  it('is whole for every platform', () => {
    expect(lockfileProblems()).toEqual([]);
  });

  it('finds a binary in the folder of the package or in any above it', () => {
    expect(
      missingEntries({
        '': { optionalDependencies: { 'top-linux': '1.0.0' } },
        'node_modules/a': { optionalDependencies: { 'a-linux': '1.0.0', 'a-win': '1.0.0' } },
        'node_modules/a/node_modules/a-linux': {},
        'node_modules/a-win': {},
        'node_modules/top-linux': {},
      }),
    ).toEqual([]);
  });

  it('misses a binary that npm left out', () => {
    expect(missingEntries({ 'node_modules/a': { optionalDependencies: { 'a-win': '1.0.0' } } })).toEqual([
      'package-lock.json has no entry for a-win, which node_modules/a names.',
    ]);
  });

  it('refuses a version that can move', () => {
    expect(looseVersions({ dependencies: { exact: '1.2.3', loose: '^1.2.3' } })).toEqual([
      'package.json: loose is "^1.2.3"; write one exact version.',
    ]);
  });
});
