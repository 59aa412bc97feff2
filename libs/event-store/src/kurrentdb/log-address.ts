/** What may be said of a connection string: whom it reaches and as whom, and never the password. */
export interface LogAddress {
  readonly hosts: readonly { readonly host: string; readonly port: number }[];
  /** The hosts as they are shown, `db1.example.com:2113, db2.example.com:2113`. */
  readonly shown: string;
  readonly user: string | null;
  readonly tls: boolean;
  /** File of the authority to trust; the machine's own ones when null. */
  readonly caFile: string | null;
  readonly verifiesCertificate: boolean;
}

const STANDARD_PORT = 2113;
const FORM = /^(?:kurrentdb|kurrent|kdb|esdb)(\+discover)?:\/\/(?:([^:@/]+):([^@/]+)@)?([^/?@]+)\/?(?:\?(.*))?$/;

/** @returns null when the text is no connection string of KurrentDB or EventStoreDB. */
export function readLogAddress(connectionString: string): LogAddress | null {
  const [whole, , user, , named = '', query = ''] = FORM.exec(connectionString.trim()) ?? [];
  const hosts = whole === undefined ? null : readHosts(named);
  if (hosts === null) return null;
  return {
    hosts,
    shown: hosts.map(({ host, port }) => `${host}:${port}`).join(', '),
    user: user === undefined ? null : decodeURIComponent(user),
    tls: !isFalse(query, 'tls'),
    caFile: option(query, 'tlscafile'),
    verifiesCertificate: !isFalse(query, 'tlsverifycert'),
  };
}

function isFalse(query: string, name: string): boolean {
  return option(query, name)?.toLowerCase() === 'false';
}

function readHosts(named: string): LogAddress['hosts'] | null {
  const hosts = named.split(',').map(readHost);
  return hosts.includes(null) ? null : hosts.filter((host) => host !== null);
}

/** Names of options are the same in any case, with or without hyphens (as the package reads them). */
function option(query: string, name: string): string | null {
  const pairs = query.split('&').map((pair) => pair.split('='));
  return pairs.find(([key = '']) => key.toLowerCase().replace(/[_-]/g, '') === name)?.[1] ?? null;
}

function readHost(text: string): LogAddress['hosts'][number] | null {
  const [, host, port] = /^\s*([\w.-]+)(?::(\d{1,5}))?\s*$/.exec(text) ?? [];
  return host === undefined ? null : { host, port: port === undefined ? STANDARD_PORT : Number(port) };
}
