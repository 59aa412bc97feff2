import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseEmail } from './email-address';

const invalid = { ok: false, refusal: { code: 'EMAIL_INVALID' } };
const of = (length: number): string => `${'a'.repeat(length - 12)}@example.com`;

describe('an e-mail address', () => {
  it.each([
    ['ana@example.com', 'ana@example.com', 'ana@example.com'],
    ['  ana@example.com\n', 'ana@example.com', 'ana@example.com'],
    ['Ana.Ivic+help@Example.COM', 'Ana.Ivic+help@Example.COM', 'ana.ivic+help@example.com'],
    ["o'neil@sub.example.co.uk", "o'neil@sub.example.co.uk", "o'neil@sub.example.co.uk"],
    ['root@localhost', 'root@localhost', 'root@localhost'],
    ['\uff41\uff4e\uff41\uff20example\uff0ecom', 'ana@example.com', 'ana@example.com'],
    ['\u212aarl@example.com', 'Karl@example.com', 'karl@example.com'],
  ])('%j is %s, and one account with %s', (typed, email, key) => {
    expect(parseEmail(typed)).toEqual({ ok: true, email, key });
  });

  it('may have 254 characters and no more', () => {
    expect(of(254)).toHaveLength(254);
    expect(parseEmail(of(254))).toMatchObject({ ok: true });
    expect(parseEmail(of(255))).toEqual(invalid);
  });

  it.each([
    '',
    '   ',
    'ana',
    '@example.com',
    'ana@',
    'ana@@example.com',
    'ana@example..com',
    'ana@.com',
    'ana@-example.com',
    'ana@example-.com',
    'ana ivic@example.com',
    'ana@exam ple.com',
    'ana@example.com, ben@example.com',
    'Ana <ana@example.com>',
    'ana@example.com\r\nBcc: ben@example.com',
    'ana\0@example.com',
    'an\u200ba@example.com',
    'ana@example.com\u200f',
    '\u0430na@example.com',
    'ana@ex\u00e4mple.com',
    '\ud800@example.com',
    `ana@${'a'.repeat(64)}.com`,
  ])('is refused: %j', (typed) => {
    expect(parseEmail(typed)).toEqual(invalid);
  });

  it('of 100 kB is refused at once', () => {
    expect(parseEmail(`${'a'.repeat(100_000)}@example.com`)).toEqual(invalid);
    expect(parseEmail(`ana@${'a.'.repeat(50_000)}`)).toEqual(invalid);
  });

  it('is the same account in capitals, and stays as it was read (1000 runs)', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (typed) => {
        const parsed = parseEmail(typed);
        if (!parsed.ok) return;
        expect(parseEmail(parsed.email)).toEqual(parsed);
        expect(parseEmail(typed.toUpperCase())).toMatchObject({ key: parsed.key });
      }),
      { numRuns: 1000 },
    );
  });
});
