import type { IncomingMessage } from 'node:http';
import { networkInterfaces } from 'node:os';
import type { RequestHandler } from 'express';
import type { Settings } from '../settings/settings';
import { hostName } from '../settings/host-name';

type HostSettings = Pick<Settings, 'DESKSIDE_HOST' | 'DESKSIDE_HOSTS' | 'DESKSIDE_PUBLIC_URL'>;

/** Why a request is not for this site. */
export interface WrongHost {
  /** RFC 9110: 400 when it does not say whom it is for (7.2), 421 when it is for somebody else (15.5.20). */
  readonly status: 400 | 421;
  readonly sentence: string;
}

const unclear: WrongHost = { status: 400, sentence: 'The request does not say in one Host header whom it is for.' };
const strange: WrongHost = {
  status: 421,
  sentence:
    'This site is not known by that name. Whoever runs it can add the name to the setting DESKSIDE_HOSTS, or set DESKSIDE_PUBLIC_URL.',
};

/** The addresses of this machine are looked up anew at most this often, in milliseconds. */
const freshFor = 1000;

/**
 * By which names this site may be asked for. A page of a stranger whose name is made to lead here (DNS rebinding) is of
 * another origin for nobody but the Host header: without this it could read what is open to whoever sits at this machine.
 * The port does not matter: a container or a proxy may have mapped it.
 */
export class Hosts {
  readonly #names: ReadonlySet<string>;
  readonly #isAnyAddress: boolean;
  #addresses: ReadonlySet<string> = new Set();
  #lookedUpAt = -Infinity;

  constructor(
    { DESKSIDE_HOST: listensOn, DESKSIDE_HOSTS: further, DESKSIDE_PUBLIC_URL: publicUrl }: HostSettings,
    private readonly addressesNow: () => readonly string[] = addressesOfThisMachine,
  ) {
    const itself = hostName(publicUrl === undefined ? bracketed(listensOn) : new URL(publicUrl).host);
    this.#names = new Set([
      'localhost',
      '127.0.0.1',
      '[::1]',
      ...(itself === null ? [] : [itself]),
      ...(further ?? []),
    ]);
    this.#isAnyAddress = publicUrl === undefined && (itself === '0.0.0.0' || itself === '[::]');
  }

  /** Null when the request is for this site. */
  wrongIn({ headersDistinct: { host: given = [] } }: Pick<IncomingMessage, 'headersDistinct'>): WrongHost | null {
    const [header, ...others] = given;
    const name = header === undefined || others.length > 0 ? null : hostName(header);
    if (name === null) return unclear;
    return this.#names.has(name) || this.#isAddressOfOurs(name) ? null : strange;
  }

  #isAddressOfOurs(name: string): boolean {
    if (!this.#isAnyAddress) return false;
    if (this.#addresses.has(name)) return true;
    if (performance.now() - this.#lookedUpAt < freshFor) return false;
    this.#lookedUpAt = performance.now();
    this.#addresses = new Set(this.addressesNow().map((address) => hostName(bracketed(address)) ?? address));
    return this.#addresses.has(name);
  }
}

/** Stands before everything; whoever watches the server may ask by any name whether it is well. */
export function hostGate(hosts: Hosts): RequestHandler {
  return (request, response, next) => {
    const wrong = isHealth(request.path) ? null : hosts.wrongIn(request);
    if (wrong === null) return next();
    response.status(wrong.status).type('text/plain').send(`${wrong.sentence}\n`);
  };
}

function addressesOfThisMachine(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((cards) => (cards ?? []).map(({ address }) => address));
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

/** Whether the server is well may be asked by anybody, under any name. */
export function isHealth(path: string): boolean {
  return /^\/health(\/|$)/i.test(path);
}
