/** A name or an address, IPv6 in brackets, with a port or without (RFC 9110, 7.2). */
const written = /^(\[[\da-f:.]+\]|[\w.-]+)(:\d{0,5})?$/i;

/** The host of a Host header, as browsers spell it in an origin and without the dot of the root; null when it is none. */
export function hostName(header: string): string | null {
  const [, host] = written.exec(header) ?? [];
  if (host === undefined || !URL.canParse(`http://${host}`)) return null;
  return new URL(`http://${host}`).hostname.replace(/\.$/, '') || null;
}
