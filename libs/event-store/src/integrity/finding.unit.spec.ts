import { describe, expect, it } from '@jest/globals';
import { printable } from './finding';

describe('what somebody has written', () => {
  it.each([
    ['escape', '\u001b', String.raw`\u001b`],
    ['a carriage return and a line break', '\r\n', String.raw`\u000d\u000a`],
    ['a right-to-left override', '\u202e', String.raw`\u202e`],
    ['an isolate', '\u2066', String.raw`\u2066`],
    ['a line separator', '\u2028', String.raw`\u2028`],
    ['a paragraph separator', '\u2029', String.raw`\u2029`],
    ['a space without width', '\u200b', String.raw`\u200b`],
    ['a byte order mark', '\ufeff', String.raw`\ufeff`],
    ['a tag letter', '\u{e0041}', String.raw`\u{e0041}`],
  ])('is told with %s as it would be typed', (_, letters, shown) => {
    expect(printable(`Ana${letters}Bo`)).toBe(`Ana${shown}Bo`);
  });

  it('is told as it is in all other letters', () => {
    const text = 'Añna Ωmega שלום 日本 😀 "x" \\';
    expect(printable(text)).toBe(text);
  });
});
