import { describe, expect, test } from '@jest/globals';
import { IntlMessageFormat } from 'intl-messageformat';
import { textsOf } from './text-files';

const shown = (locale: 'en' | 'sr-Latn' | 'sr-Cyrl' | 'zh-Hant-TW', browser: string, system: string): string =>
  String(
    new IntlMessageFormat(textsOf('dashboard', locale).get('events.DeviceDescribed') ?? '', locale).format({
      ...{ name: 'Ana', browser, system },
    }),
  );

describe('what a device calls its browser and system', () => {
  test.each([
    ['en', 'Ana uses an unknown browser on an unknown system'],
    ['sr-Latn', 'Uređaj: nepoznat pregledač, nepoznat sistem · Ana'],
    ['sr-Cyrl', 'Уређај: непознат прегледач, непознат систем · Ana'],
    ['zh-Hant-TW', 'Ana 使用不明的系統上的不明的瀏覽器'],
  ] as const)('is told in words when it is none of the known ones, in %s', (locale, text) => {
    expect(shown(locale, 'Other', 'Other')).toBe(text);
  });

  test('is set off by a space from Chinese words, and only then', () => {
    expect(shown('zh-Hant-TW', 'Chrome 139', 'macOS')).toBe('Ana 使用 macOS 上的 Chrome 139');
    expect(shown('zh-Hant-TW', 'Chrome 139', 'Other')).toBe('Ana 使用不明的系統上的 Chrome 139');
    expect(shown('zh-Hant-TW', 'Other', 'macOS')).toBe('Ana 使用 macOS 上的不明的瀏覽器');
  });

  test.each(['en', 'sr-Latn', 'sr-Cyrl', 'zh-Hant-TW'] as const)('is shown as it was written, in %s', (locale) => {
    expect(shown(locale, 'Chrome 139', 'macOS')).toContain('Chrome 139');
    expect(shown(locale, 'Chrome 139', 'macOS')).toContain('macOS');
  });
});
