import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { ApolloDriver } from '@nestjs/apollo';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import type { ApolloServerPlugin } from '@apollo/server';
import type { Request, Response } from 'express';
import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { DesksideNode } from '../node/deskside-node';
import type { PublicUrl } from '../node/public-url';
import { assetPath } from '../web/assets';
import { limitRules, limits } from './endpoint-limits';
import { bearerOf, customerContext, sameOrigin, staffContext } from './request-context';
import { admitThrough, OperationGate, unknownOperation } from './subscriptions';
import type { SocketExtra } from './subscriptions';

export const staffPath = '/graphql/staff';
export const customerPath = '/graphql/customer';

interface Parts {
  readonly node: DesksideNode;
  readonly publicUrl: PublicUrl;
}

interface SocketContext {
  readonly extra: unknown;
  readonly connectionParams?: Readonly<Record<string, unknown>> | undefined;
}

/** What both endpoints share: schema from the committed file, limits, errors without inner matters. */
function endpoint(node: DesksideNode, name: 'staff' | 'customer', include: NonNullable<ApolloDriverConfig['include']>) {
  let schema: GraphQLSchema | undefined;
  const schemaOf = (): GraphQLSchema => {
    if (schema === undefined) throw new Error('The schema was asked for before it was made.');
    return schema;
  };
  const config: ApolloDriverConfig = {
    driver: ApolloDriver,
    path: name === 'staff' ? staffPath : customerPath,
    include,
    typeDefs: readFileSync(assetPath(`schema/${name}.graphql`), 'utf8'),
    transformSchema: (made) => (schema = made),
    graphiql: false,
    introspection: name === 'staff',
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    parseOptions: { maxTokens: limits.tokens },
    validationRules: [...limitRules],
    formatError: (formatted, error) => present(node, formatted, error),
  };
  return { config, schemaOf };
}

/** Refusals and complaints about the query go out as they are; anything else is ours to read, not the caller's. */
function present(node: DesksideNode, formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const code = formatted.extensions?.['code'];
  if (typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR') return formatted;
  const original = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  node.log.error('an operation failed', original);
  return {
    message: 'Something went wrong on the server. Nothing was lost; please try again.',
    extensions: { code: 'INTERNAL' },
  };
}

export function staffEndpoint(
  { node, publicUrl }: Parts,
  include: NonNullable<ApolloDriverConfig['include']>,
): ApolloDriverConfig {
  const { config, schemaOf } = endpoint(node, 'staff', include);
  const closings = new WeakMap<object, () => void>();
  return {
    ...config,
    context: ({ req, res }: { req: Request; res: Response }) => staffContext(node, req, res),
    subscriptions: {
      'graphql-ws': {
        path: staffPath,
        onConnect: async ({ extra }: SocketContext) => {
          const socket = extra as SocketExtra;
          if (!sameOrigin(socket.request, publicUrl.value)) return false;
          const context = await staffContext(node, socket.request, null);
          // Nobody without a sign-in has anything to watch here.
          if (context.caller === null) return false;
          socket.operationContext = context;
          closings.set(
            socket,
            node.staffSockets.add(context, (code, reason) => socket.socket.close(code, reason)),
          );
          return true;
        },
        onDisconnect: ({ extra }: SocketContext) => closings.get(extra as object)?.(),
        onSubscribe: admitThrough(new OperationGate(schemaOf, null), schemaOf) as never,
        onNext: presentNext(node) as never,
      },
    },
  };
}

export function customerEndpoint(
  { node }: Parts,
  include: NonNullable<ApolloDriverConfig['include']>,
): ApolloDriverConfig {
  const { config, schemaOf } = endpoint(node, 'customer', include);
  const allowed = customerOperations();
  return {
    ...config,
    plugins: [onlyKnownOperations(allowed)],
    context: ({ req, res }: { req: Request; res: Response }) =>
      customerContext(node, req, { response: res, bearer: bearerOf(req) }),
    subscriptions: {
      'graphql-ws': {
        path: customerPath,
        onConnect: async ({ extra, connectionParams }: SocketContext) => {
          const socket = extra as SocketExtra;
          const given = connectionParams?.['bearer'];
          const bearer = typeof given === 'string' ? given : null;
          const context = await customerContext(node, socket.request as IncomingMessage, { response: null, bearer });
          if (context.caller === null) return false;
          socket.operationContext = context;
          return true;
        },
        onSubscribe: admitThrough(new OperationGate(schemaOf, allowed), schemaOf) as never,
        onNext: presentNext(node) as never,
      },
    },
  };
}

/** The same over WebSocket, where Apollo does not see what a resolver threw. */
function presentNext(node: DesksideNode) {
  return (_context: unknown, _id: string, _payload: unknown, _args: unknown, result: NextResult): object | undefined =>
    result.errors === undefined
      ? undefined
      : { ...result, errors: result.errors.map((error) => present(node, error.toJSON(), error)) };
}

interface NextResult {
  readonly errors?: readonly GraphQLError[] | undefined;
}

/** The operations that the customer pages were built with, word for word. */
function customerOperations(): ReadonlySet<string> {
  const operations: Readonly<Record<string, string>> = JSON.parse(
    readFileSync(assetPath('customer-operations.json'), 'utf8'),
  );
  return new Set(Object.values(operations));
}

function onlyKnownOperations(allowed: ReadonlySet<string>): ApolloServerPlugin {
  return {
    requestDidStart: async () => ({
      didResolveSource: async ({ source }) => {
        if (!allowed.has(source)) throw unknownOperation();
      },
    }),
  };
}
