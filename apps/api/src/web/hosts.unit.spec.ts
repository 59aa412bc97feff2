import { describe, expect, it } from '@jest/globals';
import { readSettings } from '../settings/settings';
import { Hosts } from './hosts';

const of = (settings: Record<string, string>, addresses: () => readonly string[] = () => []): Hosts =>
  new Hosts(readSettings(settings), addresses);
const statusOf = (hosts: Hosts, ...host: string[]): number =>
  hosts.wrongIn({ headersDistinct: host.length === 0 ? {} : { host } })?.status ?? 200;

describe('the hosts of a site', () => {
  it.each([
    'localhost',
    'LOCALHOST:4400',
    'localhost.',
    'localhost.:80',
    '127.0.0.1',
    '127.0.0.1:1',
    '[::1]',
    '[::1]:4400',
  ])('are always %s', (host) => {
    expect(statusOf(of({}), host)).toBe(200);
    expect(statusOf(of({ DESKSIDE_PUBLIC_URL: 'https://support.example.com' }), host)).toBe(200);
    expect(statusOf(of({ DESKSIDE_HOST: '192.0.2.7' }), host)).toBe(200);
  });

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.2',
    '[::2]',
    '0.0.0.0',
    'xn--80ak6aa92e.com',
    '192.0.2.7',
  ])('are not %s without being told so', (host) => {
    expect(statusOf(of({}), host)).toBe(421);
    expect(statusOf(of({ DESKSIDE_PUBLIC_URL: 'https://support.example.com' }), host)).toBe(421);
  });

  it.each([
    ...['', ' ', 'a b', 'user@localhost', 'localhost/x', 'localhost?x', 'localhost#x', 'localhost\\x', '::1', '[::1'],
    ...['localhost:x', 'localhost:123456', 'localhost,evil.example', '[localhost]', '.', '1.2.3.4.5'],
  ])('cannot be read from %j', (host) => {
    expect(statusOf(of({}), host)).toBe(400);
  });

  it('have to be named, and once', () => {
    expect(statusOf(of({}))).toBe(400);
    expect(statusOf(of({}), 'localhost', 'localhost')).toBe(400);
    expect(statusOf(of({}), 'localhost', 'evil.example')).toBe(400);
  });

  it('are the one of the public address, and those that are set', () => {
    const hosts = of({
      DESKSIDE_PUBLIC_URL: 'https://Support.example.com:8443',
      DESKSIDE_HOSTS: 'deskside.internal, Api.Example.org, 192.0.2.8, fd00::A, [fd00:0::b], пример.рс.',
    });
    const known = ['support.example.com', 'SUPPORT.example.com:443', 'deskside.internal:80', 'api.example.org'];
    for (const host of [
      ...known,
      '192.0.2.8',
      '[fd00::a]:1',
      '[fd00::b]',
      new URL('http://пример.рс').host.toUpperCase(),
    ])
      expect([host, statusOf(hosts, host)]).toEqual([host, 200]);
    for (const host of ['example.com', 'x.support.example.com', '192.0.2.9']) expect(statusOf(hosts, host)).toBe(421);
  });

  it('are the address listened on, where nothing else is said', () => {
    expect(statusOf(of({ DESKSIDE_HOST: '192.0.2.7' }), '192.0.2.7:4400')).toBe(200);
    expect(statusOf(of({ DESKSIDE_HOST: 'fd00::7' }), '[fd00:0:0::7]:4400')).toBe(200);
    const isPublic = { DESKSIDE_HOST: '192.0.2.7', DESKSIDE_PUBLIC_URL: 'https://support.example.com' };
    expect(statusOf(of(isPublic), '192.0.2.7')).toBe(421);
  });

  it.each(['0.0.0.0', '::'])('are all addresses of the machine when it listens on %s', (listensOn) => {
    const addresses = () => ['192.0.2.7', 'fd00::7', 'fe80::1'];
    const hosts = of({ DESKSIDE_HOST: listensOn }, addresses);
    for (const host of ['192.0.2.7', '[fd00::7]:80', '[fe80::1]']) expect(statusOf(hosts, host)).toBe(200);
    for (const host of ['192.0.2.8', 'evil.example']) expect(statusOf(hosts, host)).toBe(421);
    const isPublic = { DESKSIDE_HOST: listensOn, DESKSIDE_PUBLIC_URL: 'https://support.example.com' };
    expect(statusOf(of(isPublic, addresses), '192.0.2.7')).toBe(421);
  });

  it('are looked up anew for one that is not known, however often it is asked for not more than once in a second', () => {
    let lookedUp = 0;
    const hosts = of({ DESKSIDE_HOST: '0.0.0.0' }, () => [`192.0.2.${(lookedUp += 1)}`]);
    for (let asked = 0; asked < 1000; asked++) statusOf(hosts, '198.51.100.1');
    expect(lookedUp).toBeLessThan(10);
    expect(statusOf(hosts, `192.0.2.${lookedUp}`)).toBe(200);
  });
});
