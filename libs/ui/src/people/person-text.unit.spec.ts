import { expect, test } from '@jest/globals';
import { firstGrapheme, isolated, languageOfName, lossOf, readable, shownText } from './person-text';

test.each([
  ['ana', 'A'],
  ['đorđe', 'Đ'],
  ['陳怡君', '陳'],
  ['👩‍🔧 Mara', '👩‍🔧'],
  ['n\u0303andu', 'Ñ'.normalize('NFD')],
  ['  Bo', 'B'],
  ['', '·'],
])('the first letter of %j is %s', (name, letter) => expect(firstGrapheme(name)).toBe(letter));

test.each([
  ['陳怡君', 'zh-Hant'],
  ['Петровић', 'sr-Cyrl'],
  ['Đorđe Ilić', 'sr-Latn'],
  ['Ana', null],
])('%s is read as %s', (name, lang) => expect(languageOfName(name)).toBe(lang));

test('a text can be read until it is erased', () => {
  expect(readable('Ana')).toBe('Ana');
  expect(readable({ text: 'Ana', lost: null })).toBe('Ana');
  expect(readable({ erased: true })).toBeNull();
  expect(readable({ text: null, lost: 'erased' })).toBeNull();
  expect(readable(undefined)).toBeNull();
});

test.each([
  [{ erased: true } as const, 'erased'],
  [{ text: null, lost: 'erased' } as const, 'erased'],
  [{ unreadable: true } as const, 'unreadable'],
  [{ text: null, lost: 'unreadable' } as const, 'unreadable'],
  [null, 'unknown'],
])('what cannot be read says why: %j is %s', (text, loss) => {
  expect(readable(text)).toBeNull();
  expect(lossOf(text)).toBe(loss);
  expect(shownText(text, (key) => key)).toBe(`person.${loss}`);
  expect(shownText('Ana', (key) => key)).toBe('Ana');
});

test('a name cannot turn the sentence around it', () => expect(isolated('\u202eAna')).toBe('\u2068\u202eAna\u2069'));
