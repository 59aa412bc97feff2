import { describe, expect, it } from '@jest/globals';
import { parsePassword } from './password';

const tooShort = { ok: false, refusal: { code: 'PASSWORD_TOO_SHORT', details: { least: 12 } } };
const tooLong = { ok: false, refusal: { code: 'PASSWORD_TOO_LONG', details: { limit: 200 } } };
const tooCommon = { ok: false, refusal: { code: 'PASSWORD_TOO_COMMON' } };

describe('a password', () => {
  it.each([
    ['of twelve characters', 'velvet-otter', 'velvet-otter'],
    ['of words with spaces, which all count', ' four grey hats ', ' four grey hats '],
    ['of letters alone', 'velvetotterlamp', 'velvetotterlamp'],
    ['with a common stem among enough of one\u2019s own', 'password of the grey otter', 'password of the grey otter'],
    [
      'in Chinese',
      '\u5929\u5730\u7384\u9ec3\u5b87\u5b99\u6d2a\u8352\u65e5\u6708\u76c8\u6603',
      '\u5929\u5730\u7384\u9ec3\u5b87\u5b99\u6d2a\u8352\u65e5\u6708\u76c8\u6603',
    ],
    ['typed full-width, the same as half-width', '\uff56elvet-otter', 'velvet-otter'],
    ['typed decomposed, the same as composed', 'velvet-otte\u0301r', 'velvet-ott\u00e9r'],
    ['with a ligature, in its letters', 'velvet-\ufb01sher', 'velvet-fisher'],
  ])('%s is taken', (_, typed, password) => {
    expect(parsePassword(typed)).toEqual({ ok: true, password });
  });

  it('is as long as its code points in NFKC', () => {
    expect(parsePassword('velvet-otte')).toEqual(tooShort);
    expect(parsePassword('velvet-otte\u0301')).toEqual(tooShort);
    expect(parsePassword('\u{1f600}\u{1f601}\u{1f602}\u{1f603}\u{1f604}\u{1f605}')).toEqual(tooShort);
    expect(parsePassword('velvet-ott\ufb01')).toMatchObject({ ok: true });
  });

  it('may have 200 code points and no more', () => {
    const twoHundred = 'velvet otter lamp 7\u{1f600}'.repeat(10);
    expect([...twoHundred]).toHaveLength(200);
    expect(parsePassword(twoHundred)).toMatchObject({ ok: true });
    expect(parsePassword(`${twoHundred}!`)).toEqual(tooLong);
    expect(parsePassword('velvet otter '.repeat(8000))).toEqual(tooLong);
  });

  it('is too long too when only its NFKC is', () => {
    expect(parsePassword('\ufdfa velvet'.repeat(20))).toEqual(tooLong);
  });

  it.each([
    'password1234',
    'Password123!',
    '1234passWORD',
    'passwordpassword',
    'deskside-2026',
    'DesksideDeskside',
    'WelcomeDeskside!',
    'letmein-letmein',
    'administrator1',
    'welcome12345!',
    'qwertyuiop123',
    '123456789123',
    '123456789ab!!',
    '\uff50assword1234',
    'aaaaaaaaaaaa',
    'abcabcabcabcabc',
    'AaAaBbBbAaAaBb',
    '            ',
    '111122223333',
  ])('that everybody tries is refused: %j', (typed) => {
    expect(parsePassword(typed)).toEqual(tooCommon);
  });
});
