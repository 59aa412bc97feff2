import { describe, expect, it } from '@jest/globals';
import { parsePhone } from './phone-number';

describe('a telephone number', () => {
  it.each([
    ['+381 64 123-4567', '+381641234567'],
    ['00 381 64 1234567', '+381641234567'],
    ['+44 (0) 20 7946 0018', '+442079460018'],
    ['(02) 2720-8889', '0227208889'],
    ['02/2720.8889', '0227208889'],
    ['０９１２－３４５－６７８', '0912345678'],
    ['\u202d+886 912 345 678\u202c', '+886912345678'],
    ['064–123–456', '064123456'],
    ['19191', '19191'],
  ])('%s is %s', (typed, phone) => {
    expect(parsePhone(typed)).toEqual({ ok: true, phone });
  });

  it.each([
    ['nothing', ''],
    ['too little', '1234'],
    ['more digits than any network has', '+1234567890123456'],
    ['letters', '0800-FLOWERS'],
    ['two numbers', '+381641234567 +381641234567'],
    ['a plus sign in the middle', '381+641234567'],
    ['a mail address', 'ana@example.org'],
    ['a code that would dial something else', '*#06#12345'],
    ['an extension', '02 2720 8889 ext 5'],
  ])('is not %s', (_, typed) => {
    expect(parsePhone(typed)).toEqual({ ok: false, refusal: { code: 'PHONE_INVALID' } });
  });
});
