import { isIPv6 } from 'node:net';

/** Some proxies name the port as well: 192.0.2.1:1234, [2001:db8::1]:1234. */
const withPort = /^(?:\[([\da-f:.%\w]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+)$/i;
/** An IPv4 address as a server that listens for both kinds gives it (RFC 4291, 2.5.5.2). */
const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * Whom an address stands for, for what is counted: of IPv6 the first 64 bits, which are one line's, as everybody has 2^64
 * addresses in them to come from (RFC 6177).
 */
export function networkOf(address: string): string {
  const bare = withoutPort(address);
  if (!isIPv6(bare)) return bare;
  const [before = '', after = ''] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::');
  const [first, last] = [groupsIn(before), groupsIn(after)];
  const zeros = Array<string>(8 - first.length - last.length).fill('0');
  return `${[...first, ...zeros, ...last].slice(0, 4).join(':')}::/64`;
}

/** An IPv4 address or an IPv6 one without its zone; anything else as it is. */
function withoutPort(address: string): string {
  const [, v6, v4] = withPort.exec(address) ?? [];
  const bare = (v6 ?? v4 ?? address).replace(/%.*$/, '');
  return mapped.exec(bare)?.[1] ?? bare;
}

function groupsIn(text: string): readonly string[] {
  return text === '' ? [] : text.split(':');
}
