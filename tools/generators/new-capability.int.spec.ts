import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newCapability } from './new-capability.mjs';

const workspace = join(import.meta.dirname, '..', '..');
const packages = join(workspace, 'node_modules');
let copy: string;
let made: string[];

/** Runs a tool of the workspace in the copy. */
function run(script: string, ...args: readonly string[]): { status: number | null; output: string } {
  const node = ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning', join(packages, script)];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, ...args], { cwd: copy, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), 'deskside-capability-'));
  for (const path of [
    'libs',
    'apps/api',
    'apps/dashboard/src/app',
    'tsconfig.base.json',
    'jest.preset.mjs',
    'package.json',
  ])
    cpSync(join(workspace, path), join(copy, path), { recursive: true });
  symlinkSync(packages, join(copy, 'node_modules'));
  made = await newCapability(copy, 'second-eye');
});

afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

describe('a new capability', () => {
  it('compiles', () => {
    const config = { extends: './apps/api/tsconfig.json', compilerOptions: { lib: ['es2024', 'dom'] }, files: made };
    writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify(config));
    const { output } = run('typescript/bin/tsc', '-p', '.', '--noEmit', '--pretty', 'false');
    expect(output.split('\n').filter((line) => line.includes('second-eye'))).toEqual([]);
  }, 60_000);

  it('passes its example test, known to the event registry', () => {
    const { status, output } = run('jest/bin/jest.js', '--config', 'libs/domain/jest.config.mjs', 'second-eye');
    expect(output).toContain('2 passed');
    expect(status).toBe(0);
  }, 60_000);

  it('passes lint', () => {
    const samples = made.map((file) => ({ file, text: readFileSync(join(copy, file), 'utf8') }));
    const lint = join(workspace, 'tools/lint/lint-texts.mjs');
    const { stdout } = spawnSync(process.execPath, [lint], { input: JSON.stringify(samples), encoding: 'utf8' });
    expect(JSON.parse(stdout.slice(stdout.lastIndexOf('\n')))).toEqual(made.map(() => []));
  }, 60_000);

  it('leaves an existing one alone', async () => {
    const before = readFileSync(join(copy, 'libs/domain/src/chat/chat.ts'), 'utf8');
    await expect(newCapability(copy, 'chat')).rejects.toThrow('libs/domain/src/chat is there already.');
    expect(readFileSync(join(copy, 'libs/domain/src/chat/chat.ts'), 'utf8')).toBe(before);
  });
});
