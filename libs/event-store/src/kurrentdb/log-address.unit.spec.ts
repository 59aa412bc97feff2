import { describe, expect, it } from '@jest/globals';
import { readLogAddress } from './log-address';
import { isTooOld } from './log-server-version';

describe('the address of a log', () => {
  it.each([
    ['kurrentdb://db.example.com', 'db.example.com:2113', null, true],
    ['kurrentdb://admin:changeit@localhost:2114?tls=false', 'localhost:2114', 'admin', false],
    ['esdb://ops:a%40b@a:1,b:2,c?tls=true&nodePreference=leader', 'a:1, b:2, c:2113', 'ops', true],
    ['kurrentdb+discover://cluster.example.com/?TLS=False', 'cluster.example.com:2113', null, false],
  ])('%s is read', (text, shown, user, tls) => {
    expect(readLogAddress(text)).toMatchObject({ shown, user, tls });
  });

  it('says which authority is trusted, however the option is spelled', () => {
    expect(readLogAddress('kdb://a?tls-CA-file=/run/ca.crt&tlsVerifyCert=false')).toMatchObject({
      ...{ caFile: '/run/ca.crt', verifiesCertificate: false },
    });
  });

  it.each(['', 'kurrentdb://', 'mongodb://a', 'kurrentdb://a:port', 'kurrentdb://a b', 'http://a:2113'])(
    '%j is none',
    (text) => {
      expect(readLogAddress(text)).toBeNull();
    },
  );
});

it.each([
  ['22.10.4', true],
  ['23.6.0', true],
  ['23.10.0', false],
  ['24.2.0-rc.1', false],
  ['v25.0.1', false],
  ['unknown', true],
])('a server of version %s is too old: %s', (version, isOld) => {
  expect(isTooOld(version)).toBe(isOld);
});
