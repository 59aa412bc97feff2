import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatSessionNumber, parseSessionNumber } from './session-number';

describe('a session number as people type it', () => {
  it.each([
    ['plain', '482913057'],
    ['as it is read aloud', '482 913 057'],
    ['with spaces around', '  482913057\n'],
    ['with hyphens', '482-913-057'],
    ['with dots', '482.913.057'],
    ['with a non-breaking hyphen', '482\u2011913\u2011057'],
    ['with dashes', '482\u2013913\u2014057'],
    ['with minus signs', '482\u2212913\u2212057'],
    ['full-width', '\uff14\uff18\uff12\uff19\uff11\uff13\uff10\uff15\uff17'],
    ['full-width with ideographic spaces', '\uff14\uff18\uff12\u3000\uff19\uff11\uff13\u3000\uff10\uff15\uff17'],
    ['full-width with full-width hyphens', '\uff14\uff18\uff12\uff0d\uff19\uff11\uff13\uff0d\uff10\uff15\uff17'],
    ['with right-to-left marks', '\u200f482\u200f913057\u200e'],
    ['copied with its isolates', '\u2068482 913 057\u2069'],
    ['with an override', '\u202d482913057\u202c'],
    ['with zero-width spaces and a byte order mark', '\ufeff482\u200b913\u2060057'],
    ['with no-break spaces', '482\u00a0913\u202f057'],
    ['with a soft hyphen', '482\u00ad913057'],
    ['in Arabic-Indic digits', '\u0664\u0668\u0662\u0669\u0661\u0663\u0660\u0665\u0667'],
    ['in Persian digits', '\u06f4\u06f8\u06f2\u06f9\u06f1\u06f3\u06f0\u06f5\u06f7'],
    ['in Devanagari digits', '\u096a\u096e\u0968\u096f\u0967\u0969\u0966\u096b\u096d'],
    ['in digits beyond 16 bits', '\u{1e954}\u{1e958}\u{1e952}\u{1e959}\u{1e951}\u{1e953}\u{1e950}\u{1e955}\u{1e957}'],
    ['in digits of the second of two rows that touch', '4\u{116e2}2913057'],
    ['in mixed digits', '\u0664\uff182 913 057'],
  ])('is understood %s', (_, typed) => {
    expect(parseSessionNumber(typed)?.slice(1)).toBe('82913057');
    expect(parseSessionNumber(typed)?.[0]).toBe('4');
  });

  it('keeps leading zeros', () => {
    expect(parseSessionNumber('000 000 001')).toBe('000000001');
  });

  it.each([
    ['nothing', ''],
    ['only spaces', '   '],
    ['eight digits', '48291305'],
    ['ten digits', '4829130570'],
    ['a letter for a digit', '48291305O'],
    ['letters', 'abcdefghi'],
    ['a sign', '+482913057'],
    ['an exponent', '4829e3057'],
    ['a number and more', '482913057 please'],
    ['a slash', '482/913/057'],
    ['a combining mark', '482913057\u0301'],
    ['a lone surrogate', '482913057\ud800'],
    ['NUL', '482913057\0'],
  ])('is none: %s', (_, typed) => {
    expect(parseSessionNumber(typed)).toBeNull();
  });

  it('answers 100 kB at once', () => {
    expect(parseSessionNumber(' '.repeat(100_000) + '482913057')).toBe('482913057');
    expect(parseSessionNumber('9'.repeat(100_000))).toBeNull();
  });

  it('is spaced for the eye and found again (1000 runs)', () => {
    expect(formatSessionNumber('482913057')).toBe('482 913 057');
    const number = fc.stringMatching(/^\d{9}$/);
    fc.assert(
      fc.property(number, (n) => {
        expect(parseSessionNumber(formatSessionNumber(n))).toBe(n);
      }),
      { numRuns: 1000 },
    );
  });

  it('is nine ASCII digits or null, whatever was typed (1000 runs)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 0xffff }), { maxLength: 30 }).map((units) => String.fromCharCode(...units)),
        (typed) => {
          expect(parseSessionNumber(typed) ?? '123456789').toMatch(/^[0-9]{9}$/);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
