import { describe, expect, test } from '@jest/globals';
import { refusalCodes } from '@deskside/domain';
import { messageParts, sentencesOf } from './message-parts';
import { literalsOf, owners, textsOf, writtenLocales } from './text-files';
import type { Owner, TextLocale } from './text-files';

const names = Object.keys(owners) as Owner[];
const locales: readonly TextLocale[] = [...writtenLocales, 'sr-Cyrl'];
const categories: Readonly<Record<TextLocale, readonly string[]>> = {
  en: ['one', 'other'],
  'sr-Latn': ['few', 'one', 'other'],
  'sr-Cyrl': ['few', 'one', 'other'],
  'zh-Hant-TW': ['other'],
};

describe.each(names)('the texts of %s', (owner) => {
  const english = textsOf(owner, 'en');

  test.each(locales)('have every key, and no other, in %s', (locale) => {
    expect([...textsOf(owner, locale).keys()].sort()).toEqual([...english.keys()].sort());
  });

  test.each(locales)('can be read, take the same arguments, and have the plurals of %s', (locale) => {
    const wrong = [...textsOf(owner, locale)].flatMap(([key, text]) => {
      const parts = messageParts(text);
      // A language may do without the figure that another needs for its plural, but never ask for one that is not given.
      const given = messageParts(english.get(key) ?? '');
      const same =
        parts.arguments.every((a) => given.arguments.includes(a)) &&
        given.shown.every((a) => parts.arguments.includes(a));
      const plural = parts.plurals.every((found) => String(found) === String(categories[locale]));
      return same && plural ? [] : [`${key}: ${text}`];
    });
    expect(wrong).toEqual([]);
  });

  test.each(locales)('have no stray space, whatever is chosen in them, in %s', (locale) => {
    const strays = /^ | $| {2}| [,.;!?…]|[\u3001-\u9fff\uff01-\uff1f] [\u3001-\u9fff\uff01-\uff1f]/;
    const wrong = [...textsOf(owner, locale)].flatMap(([key, text]) =>
      sentencesOf(text, 'Ana')
        .filter((sentence) => strays.test(sentence))
        .map((sentence) => `${key}: ${sentence}`),
    );
    expect(wrong).toEqual([]);
  });

  test('are all used', () => {
    const { whole, beginnings } = literalsOf(owner);
    const shared = owner === 'ui' ? names.filter((n) => n !== 'ui').map((n) => literalsOf(n)) : [];
    const used = (key: string): boolean =>
      [{ whole, beginnings }, ...shared].some(
        (l) => l.whole.has(key) || [...l.beginnings].some((b) => key.startsWith(b)),
      );
    expect([...english.keys()].filter((key) => !used(key))).toEqual([]);
  });

  test('are all there that the code names', () => {
    const known = owner === 'ui' ? english : new Map([...textsOf('ui', 'en'), ...english]);
    const keys = [...known.keys()];
    const spaces = new Set(keys.map((key) => key.slice(0, key.indexOf('.'))));
    const looksLikeKey = (text: string): boolean =>
      /^[a-z]\w*(\.\w+)+$/.test(text) && spaces.has(text.split('.')[0] ?? '');
    const missing = [...literalsOf(owner).whole].filter((text) => looksLikeKey(text) && !known.has(text));
    // Permissions of the domain are spelled like keys.
    const permissions = [
      'session.start',
      'session.serve',
      'audit.read',
      'account.manage',
      'site.configure',
      'projection.manage',
    ];
    expect(
      missing.filter((text) => !permissions.includes(text) && !keys.some((key) => key.startsWith(`${text}.`))),
    ).toEqual([]);
  });
});

test('no two owners begin a key with the same word', () => {
  const firsts = names.map((owner) => new Set([...textsOf(owner, 'en').keys()].map((key) => key.split('.')[0] ?? '')));
  const [ui = new Set<string>(), ...apps] = firsts;
  for (const app of apps) expect([...app].filter((word) => ui.has(word))).toEqual([]);
});

test('every refusal has its sentence', () => {
  const sentences = [...textsOf('ui', 'en').keys()].filter((key) => key.startsWith('refusal.'));
  expect(sentences.sort()).toEqual(refusalCodes.map((code) => `refusal.${code}`).sort());
});

test('Chinese sentences are punctuated in full width and address the reader as 您', () => {
  const wrong = names.flatMap((owner) =>
    [...textsOf(owner, 'zh-Hant-TW')].filter(([, text]) =>
      /你|[\u4e00-\u9fff][,;:?!]|[,;?!][\u4e00-\u9fff]/.test(text.replace(/\{[^{}]*\}/g, '')),
    ),
  );
  expect(wrong).toEqual([]);
});
