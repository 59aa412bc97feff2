import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chatTextLimit, invitationLimit, noteLimit, resendLimit, waitingLimit } from '@deskside/domain';
import { describe, expect, it } from '@jest/globals';
import { knownForDays } from '../sign-in/known-browsers';
import { guessersKept } from './failed-attempts';
import { holdings, rates } from './limits';
import { bucketsKept } from './rates';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/operating/limits.md'), 'utf8');
const cells = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const rowNamed = (name: string): readonly string[] => cells.find((row) => row.includes(`\`${name}\``)) ?? [];
const figure = (value: number): string => value.toLocaleString('en');

describe('the page of limits', () => {
  it.each(Object.entries(holdings))('says how many: %s', (name, most) => {
    expect(rowNamed(name)).toContain(figure(most));
  });

  it.each(Object.entries(rates))('says how often: %s', (name, { burst, perSecond }) => {
    const then = perSecond < 1 ? `1 in ${1 / perSecond} seconds` : `${figure(perSecond)} a second`;
    expect(rowNamed(name)).toContain(`${figure(burst)} at once, then ${then}`);
  });

  it('names no limit that there is not', () => {
    const named = cells.flatMap((row) => /^`(\w+)`$/.exec(row.at(-2) ?? '')?.[1] ?? []);
    const known = [...Object.keys(holdings), ...Object.keys(rates)];
    expect(named.filter((name) => /[a-z]/.test(name)).toSorted()).toEqual(known.toSorted());
  });

  it('says what the rules and the brake on guessing say', () => {
    for (const sentence of [
      `| ${figure(waitingLimit)} `,
      `${invitationLimit}, each sent again ${resendLimit} times`,
      `${figure(chatTextLimit)} characters`,
      `${figure(noteLimit)} characters`,
      `within ${knownForDays} days`,
      `the latest ${figure(guessersKept)} are`,
      `the latest ${figure(bucketsKept)} callers`,
    ])
      expect(page.replaceAll(/\s+/g, ' ')).toContain(sentence.replaceAll(/\s+/g, ' '));
  });
});
