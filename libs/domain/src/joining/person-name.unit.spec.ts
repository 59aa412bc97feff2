import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nameLimit, parseName } from './person-name';

const empty = { ok: false, refusal: { code: 'NAME_EMPTY' } };
const tooLong = { ok: false, refusal: { code: 'NAME_TOO_LONG', details: { limit: 100 } } };

describe('a name', () => {
  it.each([
    ['is kept as typed', 'Ana Ivi\u0107', 'Ana Ivi\u0107'],
    ['loses space around and within', '  Ana \t  Ivi\u0107\r\n', 'Ana Ivi\u0107'],
    ['is one line', 'Ana\nIvi\u0107\u2028\u2029X', 'Ana Ivi\u0107 X'],
    ['is NFC', 'Ivic\u0301', 'Ivi\u0107'],
    ['may be Cyrillic', '\u0410\u043d\u0430', '\u0410\u043d\u0430'],
    ['may be Chinese', '\u9673\u5c0f\u660e', '\u9673\u5c0f\u660e'],
    ['may be a digit', '7', '7'],
    ['may have an apostrophe and a hyphen', "Anne-Marie O'Neil", "Anne-Marie O'Neil"],
    ['may have emoji beside letters', 'Ana \u{1f600}', 'Ana \u{1f600}'],
    ['keeps the joiners of an emoji', 'Ana \u{1f469}\u200d\u{1f4bb}', 'Ana \u{1f469}\u200d\u{1f4bb}'],
    [
      'keeps the Persian non-joiner',
      '\u0646\u06cc\u0645\u200c\u0631\u0648\u0632',
      '\u0646\u06cc\u0645\u200c\u0631\u0648\u0632',
    ],
    ['keeps combining marks of its script', '\u0e19\u0e49\u0e33', '\u0e19\u0e49\u0e33'],
    ['keeps HTML as text', '<b>Ana</b>', '<b>Ana</b>'],
    ['loses bidi overrides', '\u202eanA\u202c', 'anA'],
    ['loses bidi isolates and marks', '\u2067Ana\u2069\u200f\u061c', 'Ana'],
    ['loses what would make two equal names differ unseen', 'A\u200bn\u2060a\ufeff\u00ad', 'Ana'],
    ['loses Hangul fillers', 'Ana\u3164', 'Ana'],
    ['loses NUL and escape', '\0Ana\u001b[31m', 'Ana [31m'],
    ['has U+FFFD for a lone surrogate', 'Ana\ud83d', 'Ana\ufffd'],
  ])('%s', (_, typed, name) => {
    expect(parseName(typed)).toEqual({ ok: true, name });
  });

  it.each([
    ['nothing', ''],
    ['spaces', ' \t\n\u3000\u00a0'],
    ['punctuation', '... --- !?'],
    ['emoji', '\u{1f600}\u{1f469}\u200d\u{1f4bb}'],
    ['combining marks', '\u0301\u0302\u0489'],
    ['zero-width characters', '\u200b\u200c\u200d\u2060\ufeff'],
    ['bidi marks', '\u200e\u200f\u202e'],
    ['a Hangul filler, which Unicode calls a letter', '\u3164\u115f\u1160\uffa0'],
    ['Braille blanks', '\u2800\u2800'],
    ['lone surrogates', '\udc00\ud800'],
    ['private use', '\ue000'],
  ])('is refused when it is only %s', (_, typed) => {
    expect(parseName(typed)).toEqual(empty);
  });

  it('may have a hundred code points, each of two surrogates', () => {
    const name = '\u{20000}'.repeat(nameLimit);
    expect(name).toHaveLength(200);
    expect(parseName(name)).toEqual({ ok: true, name });
    expect(parseName(`${name}\u{20000}`)).toEqual(tooLong);
  });

  it('is measured after composition and without its spaces', () => {
    expect(parseName('c\u0301'.repeat(nameLimit))).toMatchObject({ ok: true });
    expect(parseName(`  ${'x'.repeat(nameLimit)}  `)).toMatchObject({ ok: true });
    expect(parseName('x'.repeat(nameLimit + 1))).toEqual(tooLong);
    expect(parseName(`Z${'\u0301'.repeat(nameLimit + 1)}`)).toEqual(tooLong);
  });

  it('of 100 kB is refused at once', () => {
    expect(parseName(`x${' '.repeat(100_000)}x`)).toEqual({ ok: true, name: 'x x' });
    expect(parseName('x'.repeat(100_000))).toEqual(tooLong);
  });

  it('that was read stays as it is, is short, one line, and well-formed (1000 runs)', () => {
    const typed = fc.oneof(
      fc.array(fc.nat({ max: 0xffff }), { maxLength: 120 }).map((units) => String.fromCharCode(...units)),
      fc.string({
        unit: fc.constantFrom('a', ' ', '\n', '\u202e', '\u200d', '\u0301', '\u3164', '\ud800', '\u{1f600}'),
      }),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const parsed = parseName(text);
        if (!parsed.ok) return;
        expect(parseName(parsed.name)).toEqual(parsed);
        expect(parsed.name).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]|^\s|\s$|\s\s/u);
        expect(parsed.name.isWellFormed()).toBe(true);
        expect([...parsed.name].length).toBeLessThanOrEqual(nameLimit);
      }),
      { numRuns: 1000 },
    );
  });
});
