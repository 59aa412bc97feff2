import { beforeEach, describe, expect, test } from '@jest/globals';
import { InvitationInAddress, invitationIn, sessionOfLink } from './invitation-in-address';

const session = '0193a5e0-7b1c-4d2f-8a6b-1234567890ab';
const token = Buffer.concat([Buffer.from(session.replaceAll('-', ''), 'hex'), Buffer.alloc(32, 0xfb)]).toString(
  'base64url',
);

test.each([
  ['', null],
  ['?lang=en', null],
  ['?invitation=', null],
  [`?invitation=${token}`, { token, locale: null }],
  [`?invitation=${token}&lang=zh-Hant-TW`, { token, locale: 'zh-Hant-TW' }],
])('the query %j carries %j', (search, link) => expect(invitationIn(search)).toEqual(link));

describe('the session of a link', () => {
  test('is its first sixteen bytes', () => expect(sessionOfLink(token)).toBe(session));
  test.each(['', 'abc', '%%%', `${token}AA`])('is not known of %j', (other) => expect(sessionOfLink(other)).toBeNull());
});

describe('the address', () => {
  beforeEach(() => history.replaceState(null, '', `/?invitation=${token}&lang=sr-Latn#here`));

  test('loses the secret when the page has read it, and a reload still knows it', () => {
    expect(new InvitationInAddress().take()).toEqual({ token, locale: 'sr-Latn' });
    expect(location.href).toBe('http://localhost/#here');
    expect(new InvitationInAddress().take()?.token).toBe(token);
  });

  test('forgets it when the person is in', () => {
    const address = new InvitationInAddress();
    address.take();
    address.forget();
    expect(address.take()).toBeNull();
  });
});
