import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, RequestHandler } from 'express';
import type { Refusal } from '@deskside/domain';
import { refusalError } from '../command-path/outcome';
import { limits as endpointLimits } from '../graphql/endpoint-limits';
import { staffPath } from '../graphql/endpoints';
import { callerNetwork, credentialsOf } from '../graphql/request-context';
import { tokenHash } from '../sign-in/secret-token';
import { delayRefusal } from '../limits/delay-refusal';
import { holdAll } from '../limits/held-counts';
import type { Release } from '../limits/held-counts';
import type { Limits } from '../limits/limits';
import { tooMany } from '../limits/too-many';
import { isHealth } from './hosts';

/**
 * Stands before everything else that is asked by HTTP: whoever asks too often, or for too much at the same time, is
 * answered before anything of the request was read. Of each address one request is begun in a turn of the event loop, and
 * one refused. Whether the server is well is counted for itself, so that nothing else that is asked can hide it.
 */
export function requestGate(limits: Limits, trustedProxies: number): RequestHandler {
  return (request, response, next) => {
    const address = callerNetwork(request, trustedProxies);
    const [wait, release] = isHealth(request.path)
      ? [0, limits.held('healthInFlightOfAddress').hold(address)]
      : admit(limits, request, address);
    if (release === null)
      return delayRefusal(
        limits,
        address,
        () => inTurn(limits, `${address} refused`, response, () => refuse(response, tooMany(wait))),
        (end) => response.once('close', end),
      );
    response.once('close', release);
    inTurn(limits, turnOf(address, request.path), response, next);
  };
}

/** Whose turn a request waits for: that of its address. Health does not wait behind pages. */
export function turnOf(address: string, path: string): string {
  return isHealth(path) ? `${address} health` : address;
}

/** Does it when it is the owner's turn, unless nobody waits for the answer by then. */
export function inTurn(limits: Limits, owner: string, response: ServerResponse, work: () => void): void {
  limits.requests.run(owner, () => {
    if (!response.destroyed) work();
  });
}

/** How long to wait, milliseconds, and what is held; null when it is not taken. */
function admit(limits: Limits, request: Request, address: string): readonly [number, Release | null] {
  const credentials = credentialsOf(request, request.path.startsWith(staffPath));
  const owner = credentials === null ? null : tokenHash(credentials);
  const wait = waitOf(limits, { address, owner, bytes: bodyBytesOf(request) });
  return [wait, wait > 0 ? null : hold(limits, address, owner)];
}

interface Asked {
  readonly address: string;
  readonly owner: string | null;
  readonly bytes: number;
}

function waitOf(limits: Limits, { address, owner, bytes }: Asked): number {
  const ofAddress =
    limits.rate('requestsOfAddress').take(address) || limits.rate('bytesOfAddress').take(address, bytes);
  return ofAddress || owner === null ? ofAddress : limits.rate('requestsOfCaller').take(owner);
}

function hold(limits: Limits, address: string, owner: string | null): Release | null {
  return holdAll([
    () => limits.held('requestsInFlightOfAddress').hold(address),
    ...(owner === null ? [] : [() => limits.held('requestsInFlightOfCaller').hold(owner)]),
  ]);
}

/** What is read of a body at most: none that is longer than an endpoint takes. */
function bodyBytesOf({ headers }: IncomingMessage): number {
  const length = headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Infinity;
  return Math.min(length, endpointLimits.bodyBytes);
}

/** With as little work as can be: whoever comes here comes often. */
function refuse(response: ServerResponse, refusal: Refusal): void {
  response.writeHead(429, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    'Retry-After': String(refusal.details?.['seconds'] ?? 1),
  });
  response.end(JSON.stringify({ errors: [refusalError(refusal)] }));
}
