import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readSettings, settingTable, WrongSetting } from './settings';

describe('settings', () => {
  it('have their standard when nothing is set, or when what is set is empty', () => {
    const standard = readSettings({ PATH: '/bin', DESKSIDE_PORT: '', DESKSIDE_PUBLIC_URL: '' });
    expect(standard).toMatchObject({
      DESKSIDE_HOST: '127.0.0.1',
      DESKSIDE_PORT: 4400,
      DESKSIDE_PUBLIC_URL: undefined,
      DESKSIDE_TRUST_PROXY: 0,
      DESKSIDE_SIGN_IN_HOURS: 12,
      masterKeyFile: resolve('.deskside/master.key'),
    });
    expect(Object.keys(standard).sort()).toEqual([...Object.keys(settingTable), 'masterKeyFile'].sort());
  });

  it('take an address however it is spelled, and keep it as browsers send it', () => {
    for (const url of [
      'HTTPS://Support.Example.com',
      'https://support.example.com:443/',
      'https://support.example.com',
    ])
      expect(readSettings({ DESKSIDE_PUBLIC_URL: url }).DESKSIDE_PUBLIC_URL).toBe('https://support.example.com');
  });

  it('are taken as they are meant', () => {
    const settings = readSettings({
      DESKSIDE_PORT: '0',
      DESKSIDE_PUBLIC_URL: 'https://support.example.com/',
      DESKSIDE_DATA_DIR: 'somewhere',
      DESKSIDE_MASTER_KEY_FILE: '/run/secrets/key',
    });
    expect(settings).toMatchObject({
      DESKSIDE_PORT: 0,
      DESKSIDE_PUBLIC_URL: 'https://support.example.com',
      DESKSIDE_DATA_DIR: resolve('somewhere'),
      masterKeyFile: '/run/secrets/key',
    });
  });

  const wrong: readonly (readonly [string, string, string])[] = [
    ['DESKSIDE_PORT', '99999', 'DESKSIDE_PORT is "99999", but it must be a port from 0 to 65535.'],
    ['DESKSIDE_PORT', '80a', 'a port from 0 to 65535.'],
    ['DESKSIDE_PORT', '-1', 'a port from 0 to 65535.'],
    ['DESKSIDE_PUBLIC_URL', 'https://a.example/path', 'an origin without a path, such as https://support.example.com.'],
    ['DESKSIDE_PUBLIC_URL', 'support.example', 'an origin without a path'],
    ['DESKSIDE_PUBLIC_URL', 'javascript:alert(1)', 'an origin without a path'],
    ['DESKSIDE_PUBLIC_URL', 'https://user:secret@a.example', 'an origin without a path'],
    ['DESKSIDE_PUBLIC_URL', 'https://a.example?x', 'an origin without a path'],
    ['DESKSIDE_HOSTS', 'support.example.com:443', 'host names without ports, such as support.example.com'],
    ['DESKSIDE_HOSTS', 'https://support.example.com', 'host names without ports'],
    ['DESKSIDE_HOSTS', 'a.example.com,,b.example.com', 'host names without ports'],
    ['DESKSIDE_HOSTS', '*.example.com', 'host names without ports'],
    ['DESKSIDE_TRUST_PROXY', 'true', 'the number of proxies in front of the server.'],
    ['DESKSIDE_SIGN_IN_HOURS', '0', 'a number of hours, 1 or more.'],
    [
      'DESKSIDE_LOG',
      'mongodb://db.example.com',
      'DESKSIDE_LOG is set, but it must be the address of a KurrentDB server',
    ],
    ['DESKSIDE_LOG', 'kurrentdb://', 'the address of a KurrentDB server or cluster'],
    ['DESKSIDE_LOG_LEVEL', 'loud', 'debug, info, warn, error or silent.'],
    ['DESKSIDE_METRICS_TOKEN', 'short', 'it must be a secret of 16 characters or more.'],
    ['DESKSIDE_MEDIA', 'on', 'auto or off.'],
    ['DESKSIDE_MEDIA_ADDRESS', 'support.example', 'an IP address, such as 203.0.113.7.'],
    ['DESKSIDE_MEDIA_PORT', '0', 'a port from 1 to 65535.'],
    ['DESKSIDE_MEDIA_TCP', 'yes', 'auto, on or off.'],
    ['DESKSIDE_LIVEKIT_URL', 'wss://livekit.example/path', 'an address without a path'],
    ['DESKSIDE_LIVEKIT_URL', 'ftp://livekit.example', 'an address without a path'],
    ['DESKSIDE_LIVEKIT_URL', 'wss://livekit.example', 'DESKSIDE_LIVEKIT_API_SECRET are set all or none.'],
    ['DESKSIDE_LIVEKIT_API_KEY', 'key', 'DESKSIDE_LIVEKIT_API_SECRET are set all or none.'],
    ['DESKSIDE_LIVEKIT_API_SECRET', 'short', 'it must be a secret of 32 characters or more.'],
    ['DESKSIDE_SMTP_URL', 'https://mail.example.com', 'it must be the address of a mail server'],
    ['DESKSIDE_SMTP_URL', 'smtp:', 'it must be the address of a mail server'],
    [
      'DESKSIDE_SMTP_URL',
      'smtp://mail.example.com',
      'DESKSIDE_SMTP_URL and DESKSIDE_MAIL_FROM are set both or neither.',
    ],
    ['DESKSIDE_MAIL_FROM', 'Support', 'it must be a sender, such as support@example.com'],
    ['DESKSIDE_MAIL_FROM', 'a@example.com\nBcc: b@example.com', 'it must be a sender'],
    ['DESKSIDE_MAIL_FROM', 'Support\n <a@example.com>', 'it must be a sender'],
    ['DESKSIDE_MAIL_REPLY_TO', 'nobody', 'it must be a mail address, such as help@example.com'],
    ['DESKSIDE_PROT', '4400', 'DESKSIDE_PROT is not a setting of Deskside. The settings are: DESKSIDE_HOST, '],
    ['DESKSIDE_TLS_CERT_FILE', 'cert.pem', 'DESKSIDE_TLS_CERT_FILE and DESKSIDE_TLS_KEY_FILE are set both or neither.'],
    ['DESKSIDE_TLS_KEY_FILE', 'key.pem', 'DESKSIDE_TLS_CERT_FILE and DESKSIDE_TLS_KEY_FILE are set both or neither.'],
  ];
  it.each(wrong)('%s=%s is refused in one sentence', (name, value, sentence) => {
    const read = (): unknown => readSettings({ [name]: value });
    expect(read).toThrow(WrongSetting);
    expect(read).toThrow(sentence);
  });

  it('that are secret are not shown, even when they are wrong', () => {
    expect(() => readSettings({ DESKSIDE_METRICS_TOKEN: 'short' })).toThrow(/^(?!.*short).*$/);
    expect(() => readSettings({ DESKSIDE_LOG: 'kurentdb://admin:Quince@db' })).toThrow(/^(?!.*Quince).*$/);
    expect(() => readSettings({ DESKSIDE_LIVEKIT_API_SECRET: 'short' })).toThrow(/^(?!.*short).*$/);
  });

  it('of mail are the address of a server and a sender, with a name or without', () => {
    const DESKSIDE_SMTP_URL = 'smtps://user:p%40ss@mail.example.com:465';
    for (const DESKSIDE_MAIL_FROM of ['support@example.com', 'Пример подршка <support@example.com>'])
      expect(readSettings({ DESKSIDE_SMTP_URL, DESKSIDE_MAIL_FROM })).toMatchObject({
        DESKSIDE_SMTP_URL,
        DESKSIDE_MAIL_FROM,
      });
    expect(() => readSettings({ DESKSIDE_SMTP_URL: 'imap://user:Quince@mail.example.com' })).toThrow(
      /^(?!.*Quince).*$/,
    );
  });

  it.each(['/srv/deskside', '/srv/deskside/second', '/srv/other/../deskside/second/'])(
    'refuse the second place %s, which the data folder would take with it',
    (place) => {
      const read = (): unknown => readSettings({ DESKSIDE_DATA_DIR: '/srv/deskside', DESKSIDE_SECOND_PLACE: place });
      expect(read).toThrow(WrongSetting);
      expect(read).toThrow('but it must be outside of the data folder: whatever takes one away would take both.');
    },
  );

  it.each(['/srv', '/srv/deskside-second', '/srv/..deskside', '/mnt/share'])('take the second place %s', (place) => {
    const settings = readSettings({ DESKSIDE_DATA_DIR: '/srv/deskside', DESKSIDE_SECOND_PLACE: place });
    expect(settings.DESKSIDE_SECOND_PLACE).toBe(place);
  });

  it('have a wrong value here for each that can have one', () => {
    const named = new Set(wrong.map(([name]) => name));
    const anyText = [
      ...['DESKSIDE_HOST', 'DESKSIDE_DATA_DIR', 'DESKSIDE_SECOND_PLACE'],
      ...['DESKSIDE_MASTER_KEY_FILE', 'DESKSIDE_LIVEKIT_BINARY'],
    ];
    expect(Object.keys(settingTable).filter((name) => !named.has(name))).toEqual(anyText);
  });
});
