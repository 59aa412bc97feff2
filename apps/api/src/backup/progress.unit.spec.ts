import { expect, it } from '@jest/globals';
import { Progress } from './progress';

const megabyte = 1024 * 1024;

function shown(isTTY: boolean, copied: readonly number[]): string {
  let text = '';
  const words = (total: number): string => `${total / megabyte} MB copied`;
  const progress = new Progress({ isTTY, write: (more) => (text += more) }, words);
  for (const megabytes of copied) progress.show(megabytes * megabyte, 200 * megabyte);
  progress.end();
  return text;
}

it('is one line on a terminal, written anew for each percent', () => {
  expect(shown(true, [0, 1, 2, 3, 4])).toBe('\r1 % of 200 MB copied\r2 % of 200 MB copied\n');
});

it('is a line for every tenth elsewhere', () => {
  expect(shown(false, [1, 19, 20, 39, 100])).toBe('10 % of 200 MB copied\n50 % of 200 MB copied\n');
});

it('begins anew when the work does', () => {
  expect(shown(false, [20, 40, 1, 20])).toBe('10 % of 200 MB copied\n20 % of 200 MB copied\n10 % of 200 MB copied\n');
});

it('is not shown of what is done at once', () => {
  expect([[], [200]].map((copied) => shown(true, copied) + shown(false, copied)).join('')).toBe('');
});
