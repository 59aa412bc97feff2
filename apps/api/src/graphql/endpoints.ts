import { readFileSync } from 'node:fs';
import { ApolloDriver } from '@nestjs/apollo';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import type { Request, RequestHandler, Response } from 'express';
import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { LogUnavailable } from '@deskside/event-store';
import { VaultFull } from '@deskside/vault';
import { refusalError } from '../command-path/outcome';
import type { DesksideNode } from '../node/deskside-node';
import type { PublicUrl } from '../node/public-url';
import { assetPath } from '../web/assets';
import type { CustomerContext } from './customer-context';
import { limitRules, limits } from './endpoint-limits';
import type { EndpointSockets, SocketHandlers } from './endpoint-sockets';
import { bearerOf, customerContext, sameOrigin, staffContext } from './request-context';
import type { StaffContext } from './staff-context';
import { admitThrough, OperationGate, unknownOperation } from './subscriptions';
import type { SocketContext } from './subscriptions';

export const staffPath = '/graphql/staff';
export const customerPath = '/graphql/customer';

interface Parts {
  readonly node: DesksideNode;
  readonly publicUrl: PublicUrl;
  readonly sockets: EndpointSockets;
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
    logger: silent,
  };
  return { config, schemaOf };
}

/** What Apollo would say on the console is no structured line, and may hold what a caller has sent. */
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {
  // `present` has written down what is worth it.
}

/** Refusals and complaints about the query go out as they are; anything else is ours to read, not the caller's. */
function present(node: DesksideNode, formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const code = formatted.extensions?.['code'];
  if (typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR') return formatted;
  const original = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  if (original instanceof LogUnavailable) return refusalError({ code: 'LOG_UNAVAILABLE' }).toJSON();
  if (original instanceof VaultFull) return refusalError({ code: 'LOG_DISK_FULL' }).toJSON();
  node.log.error('an operation failed', original);
  return {
    message: 'Something went wrong on the server. Nothing was lost; please try again.',
    extensions: { code: 'INTERNAL' },
  };
}

export function staffEndpoint(
  { node, publicUrl, sockets }: Parts,
  include: NonNullable<ApolloDriverConfig['include']>,
): ApolloDriverConfig {
  const { config, schemaOf } = endpoint(node, 'staff', include);
  const contextOf = ({ extra }: SocketContext): Promise<StaffContext> => staffContext(node, extra.request, null);
  const closings = new WeakMap<object, () => void>();
  sockets.serve(staffPath, {
    onConnect: async (connection) => {
      const { request, socket } = connection.extra;
      if (!sameOrigin(request, publicUrl.value)) return false;
      const context = await contextOf(connection);
      // Nobody without a sign-in has anything to watch here.
      if (context.caller === null) return false;
      closings.set(
        socket,
        node.staffSockets.add(context, (code, reason) => socket.close(code, reason)),
      );
      return true;
    },
    onDisconnect: ({ extra }) => closings.get(extra.socket)?.(),
    onSubscribe: admitThrough(new OperationGate(schemaOf, null), schemaOf, contextOf),
    onNext: presentNext(node),
    onError: (_context, _id, _payload, errors) => errors.map((error) => presentOne(node, error)),
  });
  return { ...config, context: ({ req, res }: { req: Request; res: Response }) => staffContext(node, req, res) };
}

export function customerEndpoint(
  { node, sockets }: Parts,
  include: NonNullable<ApolloDriverConfig['include']>,
): ApolloDriverConfig {
  const { config, schemaOf } = endpoint(node, 'customer', include);
  const allowed = customerOperations();
  const contextOf = ({ extra, connectionParams }: SocketContext): Promise<CustomerContext> => {
    const given = connectionParams?.['bearer'];
    const bearer = typeof given === 'string' ? given : null;
    return customerContext(node, extra.request, { response: null, bearer });
  };
  sockets.serve(customerPath, {
    onConnect: async (connection) => (await contextOf(connection)).caller !== null,
    onSubscribe: admitThrough(new OperationGate(schemaOf, allowed), schemaOf, contextOf),
    onNext: presentNext(node),
    onError: (_context, _id, _payload, errors) => errors.map((error) => presentOne(node, error)),
  });
  return {
    ...config,
    context: ({ req, res }: { req: Request; res: Response }) =>
      customerContext(node, req, { response: res, bearer: bearerOf(req) }),
  };
}

/** The same over WebSocket, where Apollo does not see what a resolver threw. */
function presentNext(node: DesksideNode): NonNullable<SocketHandlers['onNext']> {
  return (_context, _id, _payload, _args, result) => {
    const { errors, ...rest } = result as { readonly errors?: readonly GraphQLError[] };
    return errors && { ...rest, errors: errors.map((error) => presentOne(node, error)) };
  };
}

/** graphql-js's own complaints about a query or its variables come before anything runs: without a path, and not thrown. */
function presentOne(node: DesksideNode, error: GraphQLError): GraphQLFormattedError {
  const formatted = error.toJSON();
  const wasThrown = error.originalError !== undefined && !(error.originalError instanceof GraphQLError);
  if (error.path !== undefined || wasThrown) return present(node, formatted, error);
  return { ...formatted, extensions: { code: 'BAD_USER_INPUT', ...formatted.extensions } };
}

/** The operations that the customer pages were built with, word for word. */
function customerOperations(): ReadonlySet<string> {
  const operations: Readonly<Record<string, string>> = JSON.parse(
    readFileSync(assetPath('customer-operations.json'), 'utf8'),
  );
  return new Set(Object.values(operations));
}

/** Before anything reads a query: Apollo would say what is wrong with an unknown one, and thereby what there is. */
export function turnAwayUnknownOperations(): RequestHandler {
  const allowed = customerOperations();
  return (request, response, next) => {
    const { query } = (request.method === 'GET' ? request.query : request.body) as { query?: unknown };
    if (typeof query === 'string' && allowed.has(query)) return next();
    response.status(400).json({ errors: [unknownOperation()] });
  };
}
