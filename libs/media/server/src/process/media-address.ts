import { networkInterfaces } from 'node:os';
import { isIP } from 'node:net';

/** The address that browsers send picture and voice to. */
export type MediaAddress =
  | { readonly ip: string; readonly onlyThisMachine: true }
  | {
      readonly ip: string;
      readonly onlyThisMachine: false;
      /** Named by the operator and one of this machine: nothing is taken at another. */
      readonly nowhereElse: boolean;
    };

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
  if (configured !== undefined) return addressAt(configured, interfaces);
  const name = publicUrl === undefined ? host : new URL(publicUrl).hostname.replace(/^\[|\]$/g, '');
  if (isLoopback(name)) return { ip: '127.0.0.1', onlyThisMachine: true };
  const named = [name, host].find((candidate) => hasAddress(candidate, interfaces));
  if (named !== undefined) return addressAt(named, interfaces);
  const [first] = reachable(interfaces);
  return first === undefined
    ? { ip: '127.0.0.1', onlyThisMachine: true }
    : { ip: first, onlyThisMachine: false, nowhereElse: false };
}

function addressAt(ip: string, interfaces: Interfaces): MediaAddress {
  return isLoopback(ip)
    ? { ip, onlyThisMachine: true }
    : { ip, onlyThisMachine: false, nowhereElse: hasAddress(ip, interfaces) };
}

function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}

type Card = NonNullable<Interfaces[string]>[number];

/** LiveKit takes nothing at an address that is good for one network segment alone. */
const isUsable = ({ internal, address }: Card): boolean => !internal && !address.startsWith('fe80:');

/** Whether the machine has it, on whatever card. */
function hasAddress(ip: string, interfaces: Interfaces): boolean {
  return Object.values(interfaces).some((cards) => cards?.some((card) => isUsable(card) && card.address === ip));
}

/** Addresses that others can reach, IPv4 first. */
function reachable(interfaces: Interfaces): readonly string[] {
  return Object.entries(interfaces)
    .filter(([name]) => !virtual.test(name))
    .flatMap(([, cards]) => cards ?? [])
    .filter(isUsable)
    .sort((a, b) => a.family.localeCompare(b.family))
    .map(({ address }) => address);
}
