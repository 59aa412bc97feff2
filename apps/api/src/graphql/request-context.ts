import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { parseCookie } from 'cookie';
import type { Response } from 'express';
import type { DesksideNode } from '../node/deskside-node';
import { returnCookie } from './customer-context';
import type { CustomerContext } from './customer-context';
import { networkOf } from '../web/network-of';
import { browserCookie, signInCookie } from './staff-context';
import type { StaffContext } from './staff-context';

/** Address of the caller; behind trusted proxies the one that they name (DESKSIDE_TRUST_PROXY). */
function addressOf(request: IncomingMessage, trustedProxies: number): string {
  const direct = request.socket.remoteAddress ?? 'unknown';
  const header = request.headers['x-forwarded-for'];
  if (trustedProxies === 0 || header === undefined) return direct;
  // Each proxy adds the address that it saw: the last ones are those that ours wrote.
  const hops = [
    ...String(header)
      .split(',')
      .map((hop) => hop.trim()),
    direct,
  ];
  return hops.at(-1 - trustedProxies) ?? hops[0] ?? direct;
}

/** Who is meant by an address, for what is counted: its network. */
export function callerNetwork(request: IncomingMessage, trustedProxies: number): string {
  return networkOf(addressOf(request, trustedProxies));
}

/**
 * By what the endpoint that is asked knows its callers, whether or not it is good for anything; null without any. Nothing
 * else is looked at: a made-up one beside it would make somebody else of its owner.
 */
export function credentialsOf(request: IncomingMessage, isForStaff: boolean): string | null {
  return isForStaff ? cookieOf(request, signInCookie) : (bearerOf(request) ?? cookieOf(request, returnCookie));
}

function cookieOf(request: IncomingMessage, name: string): string | null {
  const value = parseCookie(request.headers.cookie ?? '')[name];
  return value === undefined || value === '' || value.length > 200 ? null : value;
}

export async function staffContext(
  node: DesksideNode,
  request: IncomingMessage,
  response: Response | null,
): Promise<StaffContext> {
  const correlationId = randomUUID();
  const token = cookieOf(request, signInCookie);
  const caller = await node.signIns.callerOf(token ?? undefined, correlationId);
  const address = callerNetwork(request, node.settings.DESKSIDE_TRUST_PROXY);
  const browserToken = cookieOf(request, browserCookie);
  return { caller, token, browserToken, address, pageOrigin: pageOriginOf(request), correlationId, response };
}

export async function customerContext(
  node: DesksideNode,
  request: IncomingMessage,
  { response, bearer }: { response: Response | null; bearer: string | null },
): Promise<CustomerContext> {
  const correlationId = randomUUID();
  const place = bearer === null ? null : await node.bearers.placeOf('customer-bearer', bearer);
  return {
    caller: place === null ? null : { kind: 'customer', ...place, correlationId },
    returnToken: cookieOf(request, returnCookie),
    address: callerNetwork(request, node.settings.DESKSIDE_TRUST_PROXY),
    pageOrigin: pageOriginOf(request),
    correlationId,
    response,
  };
}

export function bearerOf(request: Pick<IncomingMessage, 'headers'>): string | null {
  const match = /^Bearer ([\w-]{20,100})$/.exec(request.headers.authorization ?? '');
  return match?.[1] ?? null;
}

/** Origin of the page that asks, where this very server has given it out; null for other pages and callers that are no browser. */
function pageOriginOf({ headers: { origin, host } }: IncomingMessage): string | null {
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host ? origin : null;
}

/** True for the site's own pages and for callers that are no browser: a foreign page must not use a person's cookies. */
export function sameOrigin(request: IncomingMessage, publicUrl: string): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined || origin === publicUrl) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
