import { networkInterfaces } from 'node:os';
import { isIP } from 'node:net';

/** The address that browsers send picture and voice to. */
export interface MediaAddress {
  readonly ip: string;
  readonly onlyThisMachine: boolean;
}

export interface Surroundings {
  /** What the operator has set; behind a router it is the router's public address. */
  readonly configured: string | undefined;
  /** What the API listens on. */
  readonly host: string;
  /** Under which address people reach the API, if it is set. */
  readonly publicUrl: string | undefined;
}

type Interfaces = ReturnType<typeof networkInterfaces>;

/** Interfaces of containers and virtual machines, through which nobody outside comes. */
const virtual = /^(docker|br-|veth|virbr|vmnet|vboxnet|vEthernet|cni|flannel|podman|lo)/i;

export function mediaAddress(
  { configured, host, publicUrl }: Surroundings,
  interfaces: Interfaces = networkInterfaces(),
): MediaAddress {
  if (configured !== undefined) return { ip: configured, onlyThisMachine: isLoopback(configured) };
  const name = publicUrl === undefined ? host : new URL(publicUrl).hostname.replace(/^\[|\]$/g, '');
  if (isLoopback(name)) return { ip: '127.0.0.1', onlyThisMachine: true };
  const own = addressesOf(interfaces);
  const ip = [name, host].find((candidate) => own.includes(candidate)) ?? own[0];
  return ip === undefined ? { ip: '127.0.0.1', onlyThisMachine: true } : { ip, onlyThisMachine: false };
}

function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}

/** Those that others can reach, IPv4 first. */
function addressesOf(interfaces: Interfaces): readonly string[] {
  return Object.entries(interfaces)
    .filter(([name]) => !virtual.test(name))
    .flatMap(([, cards]) => cards ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
    .sort((a, b) => a.family.localeCompare(b.family))
    .map(({ address }) => address);
}
