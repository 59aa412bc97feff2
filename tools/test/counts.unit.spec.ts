import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { workspaceRoot } from '../process/workspace.mjs';
import { failuresOfFile } from './counts.mjs';

const name = join(workspaceRoot, 'libs', 'a', 'some.spec.ts');
const passed = { fullName: 'a part holds', status: 'passed', failureMessages: [] };

describe('what is said last of a run that failed', () => {
  it('names the file, the test and the beginning of what was wrong, in one line without colours', () => {
    const failed = {
      fullName: 'a part breaks',
      status: 'failed',
      failureMessages: [`Error: \u001B[31mexpected 1\u001B[39m\n\n  received 2\n    at ${'x'.repeat(400)}`],
    };
    const [line, ...more] = failuresOfFile({ name, status: 'failed', message: '', assertionResults: [passed, failed] });
    expect(more).toEqual([]);
    expect(line).toMatch(/^libs\/a\/some\.spec\.ts › a part breaks: Error: expected 1 received 2 at x{260,}…$/u);
  });

  it('counts a skipped test, and a file that did not run or fell after its tests, as failures', () => {
    const skipped = { fullName: 'a part waits', status: 'pending', failureMessages: null };
    expect(failuresOfFile({ name, status: 'passed', message: '', assertionResults: [passed, skipped] })).toEqual([
      'libs/a/some.spec.ts › a part waits: pending',
    ]);
    const fell = { name, status: 'failed', message: 'Cannot find module' };
    for (const assertionResults of [[], [passed]])
      expect(failuresOfFile({ ...fell, assertionResults })).toEqual(['libs/a/some.spec.ts: Cannot find module']);
  });

  it('says nothing of a file that passed', () => {
    expect(failuresOfFile({ name, status: 'passed', message: '', assertionResults: [passed] })).toEqual([]);
  });
});
