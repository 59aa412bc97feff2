import { expect, it } from '@jest/globals';
import { WordsWhileMuted } from './words-while-muted';

const [loud, quiet] = [0.6, 0.2];

it('tells once somebody has spoken for a word, and again after ten seconds', () => {
  const words = new WordsWhileMuted();
  const told = Array.from({ length: 300 }, (_, index) => index * 50).filter((now) => words.heard(loud, true, now));
  expect(told).toEqual([150, 10_150]);
});

it('does not take a knock, a quiet room or an open microphone for it', () => {
  const words = new WordsWhileMuted();
  expect([0, 50, 100].map((now) => words.heard(loud, true, now))).toEqual([false, false, false]);
  expect(words.heard(quiet, true, 150)).toBe(false);
  expect([200, 250, 300].map((now) => words.heard(loud, true, now))).toEqual([false, false, false]);
  expect([400, 600, 800].map((now) => words.heard(loud, false, now))).toEqual([false, false, false]);
});
