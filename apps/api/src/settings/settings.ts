import { isIP } from 'node:net';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { parseEmail } from '@deskside/domain';
import { readLogAddress } from '@deskside/event-store/kurrentdb';
import * as v from 'valibot';
import { hostName } from './host-name';

const port = v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number), v.maxValue(65535));
const wholeNumber = v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number));
const path = v.pipe(
  v.string(),
  v.nonEmpty(),
  v.transform((value) => resolve(value)),
);
const origin = v.pipe(
  v.string(),
  v.url(),
  v.transform((value) => new URL(value)),
  v.check(({ protocol }) => protocol === 'https:' || protocol === 'http:'),
  v.check(({ origin: only, href }) => href === `${only}/`),
  // As browsers spell it: it is compared with what they send.
  v.transform((url) => url.origin),
);

/** As a Host header gives them; an IPv6 address with its brackets or without. */
const hostNames = v.pipe(
  v.string(),
  v.transform((value) => value.split(',').map((name) => name.trim())),
  v.array(
    v.pipe(
      v.string(),
      v.transform((name) => (isIP(name) === 6 ? `[${name}]` : name)),
      v.regex(/^(\[.*\]|[^\s:/?#@\\]+)$/),
      v.check((name) => URL.canParse(`http://${name}`)),
      v.transform((name) => hostName(new URL(`http://${name}`).host)),
      v.string(),
    ),
  ),
);

/** A server on its own, by http or WebSocket, which have the same address. */
const serverUrl = v.pipe(
  v.string(),
  v.url(),
  v.transform((value) => new URL(value.replace(/^ws/, 'http'))),
  v.check(({ protocol }) => protocol === 'https:' || protocol === 'http:'),
  v.check(({ origin: only, href }) => href === `${only}/`),
  v.transform((url) => url.origin),
);
const ipAddress = v.pipe(
  v.string(),
  v.check((value) => isIP(value) !== 0),
);

/** RFC 6409 and RFC 8314: `smtp` with STARTTLS where it is offered, `smtps` with TLS from the start. */
const smtpUrl = v.pipe(
  v.string(),
  v.url(),
  v.check((value) => ['smtp:', 'smtps:'].includes(new URL(value).protocol) && new URL(value).hostname !== ''),
);

/** An address by itself, or with a name before it (RFC 5322, `mailbox`). */
const mailbox = v.pipe(
  v.string(),
  v.trim(),
  v.check((value) => {
    const [, address = value] = /^[^<>\p{Cc}]*<([^<>]+)>$/u.exec(value) ?? [];
    return parseEmail(address).ok;
  }),
);

interface Setting<Schema extends v.GenericSchema<string, unknown>, Standard extends string | undefined> {
  readonly schema: Schema;
  /** What holds when nothing is set. */
  readonly standard: Standard;
  /** What a right value looks like, for the sentence about a wrong one. */
  readonly expects: string;
  readonly meaning: string;
  /** What is set must not be shown, even when it is wrong. */
  readonly secret?: true;
}

function setting<Schema extends v.GenericSchema<string, unknown>, Standard extends string | undefined>(
  schema: Schema,
  rest: Omit<Setting<Schema, Standard>, 'schema'>,
): Setting<Schema, Standard> {
  return { schema, ...rest };
}

/** Every setting there is; docs/operating/settings.md has the same table, checked by a test. */
export const settingTable = {
  DESKSIDE_HOST: setting(v.pipe(v.string(), v.nonEmpty()), {
    standard: '127.0.0.1',
    expects: 'an address to listen on, such as 127.0.0.1 or 0.0.0.0',
    meaning: 'Address that the server listens on.',
  }),
  DESKSIDE_PORT: setting(port, {
    standard: '4400',
    expects: 'a port from 0 to 65535',
    meaning: 'Port that the server listens on; 0 takes a free one.',
  }),
  DESKSIDE_PUBLIC_URL: setting(origin, {
    standard: undefined,
    expects: 'an origin without a path, such as https://support.example.com',
    meaning:
      'Address under which people reach the site; it stands in every invitation. Without it: the address listened on.',
  }),
  DESKSIDE_HOSTS: setting(hostNames, {
    standard: undefined,
    expects: 'host names without ports, such as support.example.com,deskside.internal',
    meaning:
      'Further names by which the site may be asked for, between commas; under any other it does not answer. Its public address, localhost and, without a public address, the one listened on need no mention.',
  }),
  DESKSIDE_DATA_DIR: setting(path, {
    standard: '.deskside',
    expects: 'a folder',
    meaning: 'Folder of the log, the vault and the read models.',
  }),
  DESKSIDE_SECOND_PLACE: setting(path, {
    standard: undefined,
    expects: 'a folder outside of the data folder, such as a mounted share',
    meaning:
      'Second place for what must outlive the data folder, above all the ids of what was erased. Without it a restored backup brings back what was erased after it was made.',
  }),
  DESKSIDE_LOG: setting(
    v.pipe(
      v.string(),
      v.check((value) => readLogAddress(value) !== null),
    ),
    {
      standard: undefined,
      expects:
        'the address of a KurrentDB server or cluster, such as kurrentdb://user:password@db.example.com:2113?tls=true',
      meaning: 'Server that holds the event log. Without it: a file in the data folder.',
      secret: true,
    },
  ),
  DESKSIDE_MASTER_KEY_FILE: setting(path, {
    standard: undefined,
    expects: 'a file that only the server may read',
    meaning: 'File of the key that wraps the keys of personal data. Without it: `master.key` in the data folder.',
  }),
  DESKSIDE_TLS_CERT_FILE: setting(path, {
    standard: undefined,
    expects: 'a PEM file',
    meaning: 'Certificate chain; with DESKSIDE_TLS_KEY_FILE the server speaks https by itself.',
  }),
  DESKSIDE_TLS_KEY_FILE: setting(path, {
    standard: undefined,
    expects: 'a PEM file',
    meaning: 'Private key of the certificate.',
  }),
  DESKSIDE_TRUST_PROXY: setting(wholeNumber, {
    standard: '0',
    expects: 'the number of proxies in front of the server',
    meaning: 'How many reverse proxies stand in front; their X-Forwarded-* headers are believed.',
  }),
  DESKSIDE_SIGN_IN_HOURS: setting(v.pipe(wholeNumber, v.minValue(1)), {
    standard: '12',
    expects: 'a number of hours, 1 or more',
    meaning: 'How long a sign-in of staff lasts without use.',
  }),
  DESKSIDE_LOG_LEVEL: setting(v.picklist(['debug', 'info', 'warn', 'error', 'silent']), {
    standard: 'info',
    expects: 'debug, info, warn, error or silent',
    meaning: 'Least severity of the log lines on standard output. They never hold personal data.',
  }),
  DESKSIDE_METRICS_TOKEN: setting(v.pipe(v.string(), v.minLength(16)), {
    standard: undefined,
    expects: 'a secret of 16 characters or more',
    meaning: 'Bearer token for /metrics. Without it only this machine itself may read them.',
    secret: true,
  }),
  DESKSIDE_SMTP_URL: setting(smtpUrl, {
    standard: undefined,
    expects: 'the address of a mail server, such as smtps://user:password@mail.example.com:465',
    meaning: 'Mail server that invitations go out by. Without it a mailbox of the site catches them.',
    secret: true,
  }),
  DESKSIDE_MAIL_FROM: setting(mailbox, {
    standard: undefined,
    expects: 'a sender, such as support@example.com or Example Support <support@example.com>',
    meaning: 'Sender of all mail; needed with DESKSIDE_SMTP_URL.',
  }),
  DESKSIDE_MAIL_REPLY_TO: setting(mailbox, {
    standard: undefined,
    expects: 'a mail address, such as help@example.com',
    meaning: 'Where answers to mail go. Without it: to the sender.',
  }),
  DESKSIDE_MEDIA: setting(v.picklist(['auto', 'off']), {
    standard: 'auto',
    expects: 'auto or off',
    meaning: 'Whether there is picture and voice; off starts no media server.',
  }),
  DESKSIDE_MEDIA_ADDRESS: setting(ipAddress, {
    standard: undefined,
    expects: 'an IP address, such as 203.0.113.7',
    meaning:
      'Address that browsers send picture and voice to; behind a router the public one. Without it: found from the host and the public address.',
  }),
  DESKSIDE_MEDIA_PORT: setting(v.pipe(port, v.minValue(1)), {
    standard: undefined,
    expects: 'a port from 1 to 65535',
    meaning: 'Port of picture and voice, UDP and TCP. Without it: a free one, kept for the next start.',
  }),
  DESKSIDE_MEDIA_TCP: setting(v.picklist(['auto', 'on', 'off']), {
    standard: 'auto',
    expects: 'auto, on or off',
    meaning:
      'Whether picture and voice are taken over TCP too, at every address of the machine; auto: unless only this machine takes part.',
  }),
  DESKSIDE_LIVEKIT_URL: setting(serverUrl, {
    standard: undefined,
    expects: 'an address without a path, such as https://livekit.example.com',
    meaning: 'A LiveKit that runs elsewhere. Without it Deskside starts one itself.',
  }),
  DESKSIDE_LIVEKIT_API_KEY: setting(v.pipe(v.string(), v.nonEmpty()), {
    standard: undefined,
    expects: 'the name of a key of that LiveKit',
    meaning: 'Name of the key for DESKSIDE_LIVEKIT_URL.',
  }),
  DESKSIDE_LIVEKIT_API_SECRET: setting(v.pipe(v.string(), v.minLength(32)), {
    standard: undefined,
    expects: 'a secret of 32 characters or more',
    meaning: 'Secret of the key for DESKSIDE_LIVEKIT_URL.',
    secret: true,
  }),
  DESKSIDE_LIVEKIT_BINARY: setting(path, {
    standard: undefined,
    expects: 'a program file',
    meaning: 'The livekit-server to start. Without it: the PATH, a kept copy, Go, or a download.',
  }),
} as const;

type Table = typeof settingTable;
type Name = keyof Table;
type Values = {
  readonly [N in Name]: v.InferOutput<Table[N]['schema']> | (Table[N]['standard'] extends string ? never : undefined);
};

export type Settings = Values & { readonly masterKeyFile: string };

/** A setting that cannot be used, in a sentence for whoever set it. */
export class WrongSetting extends Error {}

/** @throws WrongSetting with one sentence for the first value that cannot be. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  refuseUnknown(env);
  const values = Object.fromEntries(
    (Object.keys(settingTable) as Name[]).map((name) => [name, readOne(name, env[name])]),
  );
  const settings = values as unknown as Values;
  if ((settings.DESKSIDE_TLS_CERT_FILE === undefined) !== (settings.DESKSIDE_TLS_KEY_FILE === undefined))
    throw new WrongSetting('DESKSIDE_TLS_CERT_FILE and DESKSIDE_TLS_KEY_FILE are set both or neither.');
  refuseHalfALiveKit(settings);
  if ((settings.DESKSIDE_SMTP_URL === undefined) !== (settings.DESKSIDE_MAIL_FROM === undefined))
    throw new WrongSetting('DESKSIDE_SMTP_URL and DESKSIDE_MAIL_FROM are set both or neither.');
  const { DESKSIDE_SECOND_PLACE: secondPlace, DESKSIDE_DATA_DIR: dataDir } = settings;
  if (secondPlace !== undefined && isWithin(secondPlace, dataDir))
    throw new WrongSetting(insideDataFolder(secondPlace));
  return {
    ...settings,
    masterKeyFile: settings.DESKSIDE_MASTER_KEY_FILE ?? resolve(settings.DESKSIDE_DATA_DIR, 'master.key'),
  };
}

/** Whether a path is this folder or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  // On another drive of Windows there is no way but the whole path.
  return !isAbsolute(way) && way.split(sep)[0] !== '..';
}

export function insideDataFolder(secondPlace: string): string {
  return `DESKSIDE_SECOND_PLACE is "${secondPlace}", but it must be outside of the data folder: whatever takes one away would take both.`;
}

function refuseHalfALiveKit(settings: Values): void {
  const { DESKSIDE_LIVEKIT_URL: url, DESKSIDE_LIVEKIT_API_KEY: key, DESKSIDE_LIVEKIT_API_SECRET: secret } = settings;
  const given = [url, key, secret].filter((value) => value !== undefined).length;
  if (given !== 0 && given !== 3)
    throw new WrongSetting(
      'DESKSIDE_LIVEKIT_URL, DESKSIDE_LIVEKIT_API_KEY and DESKSIDE_LIVEKIT_API_SECRET are set all or none.',
    );
}

function readOne(name: Name, given: string | undefined): unknown {
  const {
    schema,
    standard,
    expects,
    secret,
  }: Setting<v.GenericSchema<string, unknown>, string | undefined> = settingTable[name];
  const value = given === undefined || given === '' ? standard : given;
  if (value === undefined) return undefined;
  const result = v.safeParse(schema, value);
  if (!result.success)
    throw new WrongSetting(`${name} is ${secret ? 'set' : `"${value}"`}, but it must be ${expects}.`);
  return result.output;
}

function refuseUnknown(env: Readonly<Record<string, string | undefined>>): void {
  const unknown = Object.keys(env).find((name) => name.startsWith('DESKSIDE_') && !(name in settingTable));
  if (unknown !== undefined)
    throw new WrongSetting(
      `${unknown} is not a setting of Deskside. The settings are: ${Object.keys(settingTable).join(', ')}.`,
    );
}
