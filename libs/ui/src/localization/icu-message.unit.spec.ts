import { describe, expect, test } from '@jest/globals';
import { formatMessage } from './icu-message';

const counts = [0, 1, 2, 5, 11, 12, 21, 22, 25, 101, 111, 1.5];
const messages = {
  en: '{count, plural, one {# message} other {# messages}}',
  'sr-Latn': '{count, plural, one {# poruka} few {# poruke} other {# poruka!}}',
  'sr-Cyrl': '{count, plural, one {# порука} few {# поруке} other {# порука!}}',
  'zh-Hant-TW': '{count, plural, other {# 則訊息}}',
};

describe('plurals', () => {
  test.each([
    ['en', ['other', 'one', 'other', 'other', 'other', 'other', 'other', 'other', 'other', 'other', 'other', 'other']],
    ['sr-Latn', ['other', 'one', 'few', 'other', 'other', 'other', 'one', 'few', 'other', 'one', 'other', 'other']],
    ['sr-Cyrl', ['other', 'one', 'few', 'other', 'other', 'other', 'one', 'few', 'other', 'one', 'other', 'other']],
    ['zh-Hant-TW', counts.map(() => 'other')],
  ] as const)('of 0 1 2 5 11 12 21 22 25 101 111 1.5 in %s', (locale, categories) => {
    const message = '{count, plural, one {one} few {few} other {other}}';
    expect(counts.map((count) => formatMessage(message, { count }, locale))).toEqual(categories);
  });

  test.each([
    ['en', 1, '1 message'],
    ['en', 1.5, '1.5 messages'],
    ['sr-Latn', 21, '21 poruka'],
    ['sr-Latn', 22, '22 poruke'],
    ['sr-Latn', 111, '111 poruka!'],
    ['sr-Latn', 1.5, '1,5 poruka!'],
    ['sr-Cyrl', 2, '2 поруке'],
    ['zh-Hant-TW', 101, '101 則訊息'],
  ] as const)('in %s, %d: %s', (locale, count, sentence) => {
    expect(formatMessage(messages[locale], { count }, locale)).toBe(sentence);
  });
});

describe('a message', () => {
  test('without arguments is left as it is', () => expect(formatMessage('50 % off', {}, 'en')).toBe('50 % off'));

  test('never reads a value as markup or as a message', () => {
    expect(formatMessage('{name} is here', { name: '<b>{count}</b>' }, 'en')).toBe('<b>{count}</b> is here');
  });

  test('writes figures as the language does', () => {
    expect(formatMessage('{limit, number}', { limit: 4000 }, 'sr-Latn')).toBe('4.000');
    expect(formatMessage('{limit, number}', { limit: 4000 }, 'zh-Hant-TW')).toBe('4,000');
  });

  test('says what is missing', () => expect(() => formatMessage('{name} is here', {}, 'en')).toThrow(/name/));
});
