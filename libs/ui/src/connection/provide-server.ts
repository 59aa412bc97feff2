import { DOCUMENT, inject, makeEnvironmentProviders } from '@angular/core';
import type { EnvironmentProviders } from '@angular/core';
import { ApolloLink, InMemoryCache } from '@apollo/client';
import type { ApolloClient } from '@apollo/client';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { SetContextLink } from '@apollo/client/link/context';
import { HttpLink } from '@apollo/client/link/http';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { provideApollo } from 'apollo-angular';
import { CloseCode, createClient } from 'graphql-ws';
import type { Client } from 'graphql-ws';
import { catchError } from 'rxjs';
import { ConnectionRefused, Unreachable } from '../refusals/unreachable';
import { asNobody } from './as-nobody';
import { ServerConnection } from './server-connection';

const answerWithinMs = 30_000;
const pingEveryMs = 10_000;
const pongWithinMs = 5_000;

/** null: nobody is known yet, or a cookie says it. Read anew for each request and each live connection. */
export type BearerSource = () => string | null;

/**
 * The one endpoint of an app, for requests (HTTP) and live feeds (graphql-ws). `bearerSource` runs where `inject` may be
 * called.
 */
export function provideServer(path: string, bearerSource: () => BearerSource = () => () => null): EnvironmentProviders {
  return makeEnvironmentProviders([
    provideApollo(() => {
      const bearer = bearerSource();
      const origin = inject(DOCUMENT).location.origin;
      return {
        link: ApolloLink.split(
          ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
          overSocket(`${origin.replace(/^http/, 'ws')}${path}`, bearer),
          ApolloLink.from([withBearer(bearer), overHttp(`${origin}${path}`)]),
        ),
        // Never written to: the log's feeds are the state, a second copy would only go stale.
        cache: new InMemoryCache(),
        queryDeduplication: false,
        enhancedClientAwareness: { transport: false },
        devtools: { enabled: false },
      } satisfies ApolloClient.Options;
    }),
  ]);
}

function withBearer(bearer: BearerSource): ApolloLink {
  return new SetContextLink(({ credentials }) => {
    const held = credentials === asNobody.credentials ? null : bearer();
    return held === null ? {} : { headers: { authorization: `Bearer ${held}` } };
  });
}

function overHttp(uri: string): ApolloLink {
  return new HttpLink({
    uri,
    // Apollo Server's guard against requests that a foreign page can make a browser send.
    headers: { 'apollo-require-preflight': 'true' },
    fetch: async (input, init) => {
      const signals = [init?.signal, AbortSignal.timeout(answerWithinMs)].filter((s) => s != null);
      try {
        return await fetch(input, { ...init, signal: AbortSignal.any(signals) });
      } catch (error) {
        throw new Unreachable(error);
      }
    },
  });
}

function overSocket(url: string, bearer: BearerSource): ApolloLink {
  let openedFor: string | null = null;
  let closedWith: Partial<CloseEvent> = {};
  const client = liveConnection(url, () => (openedFor = bearer()));
  client.on('closed', (event) => (closedWith = event as Partial<CloseEvent>));
  const forAnotherCaller = new ApolloLink((operation, forward) => {
    // What is open was opened for the former bearer and would show the former session.
    if (bearer() !== openedFor) client.terminate();
    return forward(operation).pipe(
      catchError((error: unknown) => {
        if (CombinedGraphQLErrors.is(error)) throw error;
        throw errorOf(closedWith) ?? new Unreachable(error);
      }),
    );
  });
  return ApolloLink.from([forAnotherCaller, new GraphQLWsLink(client)]);
}

/** Why the server does not want this connection; null when it broke off, or is wanted again in a moment. */
function errorOf({ code, reason }: Partial<CloseEvent>): ConnectionRefused | null {
  switch (code) {
    // A caller who is not, or no longer, known.
    case CloseCode.Unauthorized:
    case CloseCode.Forbidden:
      return new ConnectionRefused('NOT_SIGNED_IN');
    // What the server closes with when there is too much; the reason is the code of the refusal.
    case CloseCode.TooManyInitialisationRequests:
      return reason === 'TOO_MANY_OPEN' ? new ConnectionRefused(reason) : null;
    default:
      return null;
  }
}

/** Without retries of its own: `resumable` opens feeds again, with the revision reached instead of the first variables. */
function liveConnection(url: string, bearer: BearerSource): Client {
  const connection = inject(ServerConnection);
  let pongDue: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url,
    retryAttempts: 0,
    keepAlive: pingEveryMs,
    connectionAckWaitTimeout: answerWithinMs,
    connectionParams: () => {
      const held = bearer();
      return held === null ? {} : { bearer: held };
    },
    on: {
      connected: () => connection.restored(),
      // A network that vanished without a word is noticed by the missing answer.
      ping: (received) => {
        if (!received) pongDue = setTimeout(() => client.terminate(), pongWithinMs);
      },
      pong: (received) => {
        if (received) clearTimeout(pongDue);
      },
      closed: () => clearTimeout(pongDue),
    },
  });
  return client;
}
