import { describe, expect, test } from '@jest/globals';
import { chooseLocale, intlTag } from './locale';

describe('the language of a page', () => {
  test.each([
    [['en-GB', 'sr'], 'en', null],
    [['sr'], 'sr-Latn', null],
    [['sr-RS'], 'sr-Latn', null],
    [['sr-Latn-ME'], 'sr-Latn', null],
    [['sr-Cyrl'], 'sr-Cyrl', null],
    [['sr-Cyrl-BA'], 'sr-Cyrl', null],
    [['zh-TW'], 'zh-Hant-TW', null],
    [['zh-HK'], 'zh-Hant-TW', null],
    [['zh-MO'], 'zh-Hant-TW', null],
    [['zh-Hant'], 'zh-Hant-TW', null],
    [['zh-CN', 'en'], 'en', 'zh-Hant-TW'],
    [['zh'], 'en', 'zh-Hant-TW'],
    [['zh-Hans-HK'], 'en', 'zh-Hant-TW'],
    [['de-DE', 'fr', 'sr-RS'], 'sr-Latn', null],
    [['not a tag', 'zh-TW'], 'zh-Hant-TW', null],
    [['de-DE'], null, null],
    [[], null, null],
  ])('for a browser that likes %j is %s, with an offer of %s', (tags, locale, offered) => {
    expect(chooseLocale(tags)).toEqual({ locale, offered });
  });

  test('formats with a region, never as bare sr, and Chinese on 24 hours', () => {
    expect(intlTag('sr-Latn', ['sr'])).toBe('sr-Latn-RS');
    expect(intlTag('sr-Cyrl', [])).toBe('sr-Cyrl-RS');
    expect(intlTag('en', ['de', 'en-AU'])).toBe('en-AU');
    expect(intlTag('en', ['de'])).toBe('en');
    const midnight = new Date(2026, 10, 20, 0, 5);
    const clock = new Intl.DateTimeFormat(intlTag('zh-Hant-TW', []), { timeStyle: 'short' });
    expect(clock.format(midnight)).toBe('00:05');
  });
});
