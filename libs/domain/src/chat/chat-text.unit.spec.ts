import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chatTextLimit, parseChatText } from './chat-text';

const empty = { ok: false, refusal: { code: 'CHAT_EMPTY' } };
const tooLong = (length: number) => ({
  ok: false,
  refusal: { code: 'CHAT_TOO_LONG', details: { limit: 4000, length } },
});

describe('a line of chat', () => {
  it.each([
    ['stays as it was typed', 'Hello,  world', 'Hello,  world'],
    ['keeps HTML as text', '<img src=x onerror=alert(1)>&amp;', '<img src=x onerror=alert(1)>&amp;'],
    ['keeps right-to-left marks and overrides', '\u200fabc\u202edef\u202c', '\u200fabc\u202edef\u202c'],
    ['keeps leading spaces, which may be code', '  if (x)', '  if (x)'],
    ['keeps lines', 'a\nb\n\nc', 'a\nb\n\nc'],
    ['has one kind of line end', 'a\r\nb\rc\r\n\r\nd', 'a\nb\nc\n\nd'],
    ['loses empty lines around', '\r\n\n  a\n\n', '  a'],
    ['loses trailing space', 'a \t\u3000\u2028', 'a'],
    ['loses NUL', 'a\0b', 'ab'],
    ['loses NUL within a line end', 'a\r\0\nb', 'a\nb'],
    ['has U+FFFD for a lone surrogate', 'a\ud800b\udc00', 'a\ufffdb\ufffd'],
    ['is not composed or decomposed', 'e\u0301', 'e\u0301'],
    ['may be one emoji', '\u{1f600}', '\u{1f600}'],
    ['may be one joined emoji', '\u{1f469}\u200d\u{1f4bb}', '\u{1f469}\u200d\u{1f4bb}'],
    ['may be a character that this Unicode does not know', '\u{1fffd}', '\u{1fffd}'],
    ['may be of a private font', '\ue000', '\ue000'],
    ['may be punctuation', '?', '?'],
    ['may be a lone surrogate', '\ud83d', '\ufffd'],
  ])('%s', (_, typed, text) => {
    expect(parseChatText(typed)).toEqual({ ok: true, text });
  });

  it.each([
    ['nothing', ''],
    ['spaces', '   '],
    ['all kinds of space', ' \t\u00a0\u2003\u3000\u202f'],
    ['line ends', '\r\n\n\r\u2028\u2029'],
    ['zero-width characters', '\u200b\u200c\u200d\u2060\ufeff'],
    ['direction marks', '\u200e\u200f\u061c\u202e\u2066'],
    ['NUL and other controls', '\0\u0007\u001b\u0085'],
    ['a soft hyphen', '\u00ad'],
    ['a Hangul filler', '\u3164\u115f\uffa0'],
    ['a variation selector', '\ufe0f'],
    ['Braille blanks', '\u2800'],
    ['tags without a flag', '\u{e0041}'],
  ])('is refused when it is only %s', (_, typed) => {
    expect(parseChatText(typed)).toEqual(empty);
  });

  it('may have 4000 code points, each of two surrogates', () => {
    const text = '\u{1f600}'.repeat(chatTextLimit);
    expect(parseChatText(text)).toEqual({ ok: true, text });
    expect(parseChatText(`${text}!`)).toEqual(tooLong(4001));
  });

  it('of 100 kB is refused with its length', () => {
    expect(parseChatText('x'.repeat(100_000))).toEqual(tooLong(100_000));
  });

  it('of 100 kB of spaces is refused as empty', () => {
    expect(parseChatText(' '.repeat(100_000))).toEqual(empty);
  });

  it.each([' ', '\n', '\r', '\t\u3000'])('of 200 kB with a long run of %j in it keeps nobody waiting', (space) => {
    const typed = `x${space.repeat(200_000 / space.length)}x`;
    const before = Date.now();
    expect(parseChatText(typed)).toMatchObject({ ok: false, refusal: { code: 'CHAT_TOO_LONG' } });
    expect(Date.now() - before).toBeLessThan(2000);
  });

  it('that was read stays as it is and can be kept (1000 runs)', () => {
    const typed = fc.oneof(
      fc.array(fc.nat({ max: 0xffff }), { maxLength: 100 }).map((units) => String.fromCharCode(...units)),
      fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r', '\0', '\u200f', '\ud800', '\u3164') }),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const parsed = parseChatText(text);
        if (!parsed.ok) return;
        expect(parseChatText(parsed.text)).toEqual(parsed);
        expect(parsed.text).not.toMatch(/[\0\r]/);
        expect(parsed.text.isWellFormed()).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
