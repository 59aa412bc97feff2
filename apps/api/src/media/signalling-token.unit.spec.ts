import { describe, expect, it } from '@jest/globals';
import { tokenIn, withoutToken } from './signalling-token';

const [one, two] = ['aaa.bbb.ccc', 'ddd.eee.fff'];
const found = (url: string, ...rawHeaders: string[]): unknown => tokenIn({ url, rawHeaders });

describe('the token of somebody who comes to LiveKit', () => {
  it('stands in the query or in the header', () => {
    expect(found(`/media/rtc?a=1&access_token=${one}&b=2`)).toEqual({ token: one });
    expect(found('/media/rtc', 'Host', 'here', 'authorization', `Bearer ${one}`)).toEqual({ token: one });
  });

  it.each<[string, string[]]>([
    [`/media/rtc?access_token=${one}&access_token=${two}`, []],
    [`/media/rtc?access_token=${one}&access_token=`, []],
    [`/media/rtc?access_token=${one}`, ['Authorization', `Bearer ${two}`]],
    [`/media/rtc?access_token=${one}`, ['Authorization', '']],
    ['/media/rtc', ['Authorization', `Bearer ${one}`, 'AUTHORIZATION', `Bearer ${two}`]],
    [`/media/rtc?access_token&access_token=${one}`, []],
    [`/media/rtc?access%5Ftoken=${one}`, []],
    [`/media/rtc?access_token=${one}&%61ccess_token=${two}`, []],
  ])('is ambiguous when some reader may see another one: %s %j', (url, headers) => {
    expect(found(url, ...headers)).toBe('ambiguous');
  });

  it.each<[string, string[]]>([
    ['/media/rtc', []],
    ['/media/rtc?access_token=', []],
    [`/media/rtc?Access_Token=${one}`, []],
    [`/media/rtc?a=1;access_token=${one}`, []],
    ['/media/rtc?access_token=a.b', []],
    [`/media/rtc?access_token=%20${one}`, []],
    ['/media/rtc', ['Authorization', `bearer ${one}`]],
    ['/media/rtc', ['Authorization', `Basic ${one}`]],
    ['/media/rtc', ['Authorization', one]],
    ['/media/rtc', ['Cookie', `access_token=${one}`, 'Sec-WebSocket-Protocol', one]],
  ])('is none in any other place or form: %s %j', (url, headers) => {
    expect(found(url, ...headers)).toBe('none');
  });
});

it('what goes on to LiveKit holds everything but the token', () => {
  expect(withoutToken(`/rtc?access_token=${one}`)).toBe('/rtc');
  expect(withoutToken('/rtc')).toBe('/rtc');
  const parameters = new URLSearchParams(
    withoutToken(`/rtc/v1?join_request=CA-_%3D%3D&access_token=${one}&x=a+b`).split('?')[1],
  );
  expect([...parameters]).toEqual([
    ['join_request', 'CA-_=='],
    ['x', 'a b'],
  ]);
});
