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
    ['en', 'Ana uses another browser on another system'],
    ['sr-Latn', 'Uređaj: drugi pregledač, drugi sistem · Ana'],
    ['sr-Cyrl', 'Уређај: други прегледач, други систем · Ana'],
    ['zh-Hant-TW', 'Ana 使用 其他系統 上的 其他瀏覽器'],
  ] as const)('is told in words when it is none of the known ones, in %s', (locale, text) => {
    expect(shown(locale, 'Other', 'Other')).toBe(text);
  });

  test.each(['en', 'sr-Latn', 'sr-Cyrl', 'zh-Hant-TW'] as const)('is shown as it was written, in %s', (locale) => {
    expect(shown(locale, 'Chrome 139', 'macOS')).toContain('Chrome 139');
    expect(shown(locale, 'Chrome 139', 'macOS')).toContain('macOS');
  });
});
