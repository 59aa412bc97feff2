import { isIPv6 } from 'node:net';

/** An IPv4 address as a server that listens for both kinds gives it (RFC 4291, 2.5.5.2). */
const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * Whom one tries to slow down by his address: of IPv6 the first 64 bits, which are one line's, as everybody has 2^64
 * addresses in them to come from (RFC 6177).
 */
export function networkOf(address: string): string {
  const bare = address.replace(/%.*$/, '');
  const v4 = mapped.exec(bare)?.[1];
  if (v4 !== undefined || !isIPv6(bare)) return v4 ?? address;
  const [before = '', after = ''] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::');
  const [first, last] = [groupsIn(before), groupsIn(after)];
  const zeros = Array<string>(8 - first.length - last.length).fill('0');
  return `${[...first, ...zeros, ...last].slice(0, 4).join(':')}::/64`;
}

function groupsIn(text: string): readonly string[] {
  return text === '' ? [] : text.split(':');
}
