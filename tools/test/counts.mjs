import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { workspaceRoot } from '../process/workspace.mjs';

/** Where each run of jest leaves its report (tools/test/jest.mjs). */
export const reports = join(workspaceRoot, 'dist', 'test');

export function forgetReports() {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
}

/**
 * What jest's report says of a file.
 * @typedef {{ fullName: string, status: string, failureMessages: string[] | null }} TestResult
 * @typedef {{ name: string, status: string, message: string, assertionResults: TestResult[] }} FileResult
 */

/**
 * Sums over all reports, and what failed. A file that could not be run is one failure, and so is a skipped test: nothing
 * is skipped here.
 */
export function testCounts() {
  let passed = 0;
  /** @type {string[]} a failure a sentence: file, test, the first lines of what was wrong */
  const failures = [];
  for (const file of readdirSync(reports)) {
    const jest = JSON.parse(readFileSync(join(reports, file), 'utf8'));
    passed += jest.numPassedTests;
    failures.push(...jest.testResults.flatMap(failuresOfFile));
  }
  return { passed, failed: failures.length, failures };
}

/** @param {FileResult} file @returns {string[]} */
export function failuresOfFile({ name, status, message, assertionResults }) {
  const path = relative(workspaceRoot, name);
  const failures = assertionResults
    .filter((test) => test.status !== 'passed')
    .map((test) => `${path} › ${test.fullName}: ${test.failureMessages?.map(beginning)[0] ?? test.status}`);
  return status === 'failed' && failures.length === 0 ? [`${path}: ${beginning(message)}`] : failures;
}

/** Whoever sees but the end of a log reads here what to look for. @param {string} message */
function beginning(message) {
  const text = stripVTControlCharacters(message).replaceAll(/\s+/gu, ' ').trim();
  return text.length <= 300 ? text : `${text.slice(0, 300)}…`;
}
