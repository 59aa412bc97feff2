import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../process/workspace.mjs';

/** Where each run of jest leaves its report (tools/test/jest.mjs). */
export const reports = join(workspaceRoot, 'dist', 'test');

export function forgetReports() {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
}

/** Sums over all reports. A file that could not be run is one failure, and so is a skipped test: nothing is skipped here. */
export function testCounts() {
  let passed = 0;
  let failed = 0;
  for (const file of readdirSync(reports)) {
    const jest = JSON.parse(readFileSync(join(reports, file), 'utf8'));
    passed += jest.numPassedTests;
    failed += jest.numFailedTests + jest.numRuntimeErrorTestSuites + jest.numPendingTests + jest.numTodoTests;
  }
  return { passed, failed };
}
