import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { mediaAddress } from './media-address';

const card = (address: string, internal = false): NetworkInterfaceInfo => ({
  address,
  internal,
  family: 'IPv4',
  netmask: '255.255.255.0',
  mac: '00:00:00:00:00:00',
  cidr: null,
});
const machine = {
  lo: [card('127.0.0.1', true)],
  docker0: [card('172.17.0.1')],
  eth0: [card('192.168.1.20')],
  wlan0: [card('192.168.7.5')],
};
const given = (host: string, publicUrl?: string, configured?: string): ReturnType<typeof mediaAddress> =>
  mediaAddress({ host, publicUrl, configured }, machine);

describe('picture and voice go to', () => {
  it('what the operator says', () => {
    const ofRouter = { ip: '203.0.113.7', onlyThisMachine: false, nowhereElse: false };
    expect(given('0.0.0.0', 'https://support.example.com', '203.0.113.7')).toEqual(ofRouter);
    const own = { ip: '172.17.0.1', onlyThisMachine: false, nowhereElse: true };
    expect(given('0.0.0.0', 'https://support.example.com', '172.17.0.1')).toEqual(own);
    expect(given('0.0.0.0', undefined, '127.0.0.1')).toEqual({ ip: '127.0.0.1', onlyThisMachine: true });
  });

  it('this machine only, when nobody else can reach the site', () => {
    const here = { ip: '127.0.0.1', onlyThisMachine: true };
    expect(given('127.0.0.1')).toEqual(here);
    expect(given('localhost')).toEqual(here);
    expect(given('0.0.0.0', 'http://localhost:4400')).toEqual(here);
    expect(mediaAddress({ host: '0.0.0.0', publicUrl: undefined, configured: undefined }, { lo: machine.lo })).toEqual(
      here,
    );
  });

  it('the address by which people reach the site, and to no other, when it is one of this machine', () => {
    const named = { ip: '192.168.7.5', onlyThisMachine: false, nowhereElse: true };
    expect(given('0.0.0.0', 'https://192.168.7.5:4400')).toEqual(named);
    expect(given('192.168.7.5')).toEqual(named);
    expect(given('192.168.7.5', 'https://support.example.com')).toEqual(named);
  });

  it('the first address that others can reach, behind a name or a proxy', () => {
    const first = { ip: '192.168.1.20', onlyThisMachine: false, nowhereElse: false };
    expect(given('127.0.0.1', 'https://support.example.com')).toEqual(first);
    expect(given('0.0.0.0')).toEqual(first);
    expect(given('0.0.0.0', 'https://198.51.100.4')).toEqual(first);
  });
});
