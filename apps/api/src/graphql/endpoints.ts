import { readFileSync } from 'node:fs';
import { ApolloDriver } from '@nestjs/apollo';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import type { Request, Response } from 'express';
import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { RefusalCode } from '@deskside/domain';
import { LogUnavailable } from '@deskside/event-store';
import { ReadModelUnavailable } from '@deskside/projections';
import { VaultFull, VaultUnavailable } from '@deskside/vault';
import { refusalError } from '../command-path/outcome';
import type { DesksideNode } from '../node/deskside-node';
import type { PublicUrl } from '../node/public-url';
import { assetPath } from '../web/assets';
import type { CustomerContext } from './customer-context';
import { limitRules, limits } from './endpoint-limits';
import type { EndpointSockets, SocketHandlers } from './endpoint-sockets';
import { bearerOf, customerContext, sameOrigin, staffContext } from './request-context';
import type { StaffContext } from './staff-context';
import { acknowledge } from './graphql-socket';
import { scalars } from './scalars';
import { slowRefusals } from './slow-refusals';
import { noSubscriptions } from './subscription-rules';
import { admitThrough, OperationGate } from './subscriptions';
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
    resolvers: scalars[name],
    transformSchema: (made) => (schema = made),
    graphiql: false,
    introspection: name === 'staff',
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    parseOptions: { maxTokens: limits.tokens },
    validationRules: [...limitRules, noSubscriptions],
    plugins: [slowRefusals(node.limits)],
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

function originalOf(error: unknown): unknown {
  return error instanceof GraphQLError ? (error.originalError ?? error) : error;
}

/** What a part of the server says when it cannot be used just now; null when the error is none of these. */
function refusalOf(error: unknown): RefusalCode | null {
  if (error instanceof LogUnavailable) return 'LOG_UNAVAILABLE';
  if (error instanceof VaultFull) return 'LOG_DISK_FULL';
  return error instanceof VaultUnavailable || error instanceof ReadModelUnavailable ? 'NOT_YET' : null;
}

/** Characters of a complaint: graphql-js repeats the value that it complains about, however long. */
const longestComplaint = 300;

function shortened(error: GraphQLFormattedError): GraphQLFormattedError {
  if (error.message.length <= longestComplaint) return error;
  return { ...error, message: `${error.message.slice(0, longestComplaint)}…` };
}

/** Refusals and complaints about the query go out as they are; anything else is ours to read, not the caller's. */
function present(node: DesksideNode, formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const code = formatted.extensions?.['code'];
  if (typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR') return shortened(formatted);
  if (error instanceof GraphQLError && isAboutTheRequest(error))
    return shortened({ ...formatted, extensions: { ...formatted.extensions, code: 'BAD_USER_INPUT' } });
  const original = originalOf(error);
  const refusal = refusalOf(original);
  if (refusal !== null) return refusalError({ code: refusal }).toJSON();
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
  sockets.serve(staffPath, {
    onConnect: async (connection) => {
      const { request, socket } = connection.extra;
      if (!sameOrigin(request, publicUrl.value)) return false;
      const context = await contextOf(connection);
      // Nobody without a sign-in has anything to watch here.
      if (context.caller === null) return false;
      if (!(await acknowledge(connection.extra, context.caller))) return false;
      // graphql-ws tells of the end of acknowledged connections only, and this one may end before it is.
      socket.once(
        'close',
        node.staffSockets.add(context, (code, reason) => socket.close(code, reason)),
      );
      return true;
    },
    onSubscribe: admitThrough(new OperationGate(schemaOf, null), schemaOf, contextOf),
    ...presentOverSocket(node),
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
    onConnect: async (connection) => {
      const { caller } = await contextOf(connection);
      return caller !== null && acknowledge(connection.extra, caller);
    },
    onSubscribe: admitThrough(new OperationGate(schemaOf, allowed), schemaOf, contextOf),
    ...presentOverSocket(node),
  });
  return {
    ...config,
    context: ({ req, res }: { req: Request; res: Response }) =>
      customerContext(node, req, { response: res, bearer: bearerOf(req) }),
  };
}

/** The same over WebSocket, where Apollo does not see what a resolver threw. */
function presentOverSocket(
  node: DesksideNode,
): Pick<SocketHandlers, 'onOperation' | 'onNext' | 'onError' | 'onComplete'> {
  const presentAll = (errors: readonly GraphQLError[]): GraphQLFormattedError[] =>
    errors.map((error) => present(node, error.toJSON(), error));
  return {
    onNext: (_context, _id, _payload, _args, result) => {
      const { errors, ...rest } = result as { readonly errors?: readonly GraphQLError[] };
      return errors && { ...rest, errors: presentAll(errors) };
    },
    onError: (_context, _id, _payload, errors) => presentAll(errors),
    // graphql-ws forgets a feed whose id a client uses again; this one does not.
    onOperation: ({ extra }, _id, payload, _args, result) => {
      if (Symbol.asyncIterator in result) extra.hold.keep(payload, result[Symbol.asyncIterator]());
    },
    onComplete: ({ extra }, _id, payload) => extra.hold.end(payload),
  };
}

/**
 * graphql-js's own complaints about a query or its values: they come before anything ran, or say where in the query. What a
 * resolver threw is none, nor what graphql-js says of our answers (a value that is not of the schema's type).
 */
function isAboutTheRequest({ originalError, path, nodes }: GraphQLError): boolean {
  if (originalError === undefined) return path === undefined || nodes !== undefined;
  return originalError instanceof GraphQLError && (path === undefined || originalError.nodes !== undefined);
}

/** The operations that the customer pages were built with, word for word. */
export function customerOperations(): ReadonlySet<string> {
  const operations: Readonly<Record<string, string>> = JSON.parse(
    readFileSync(assetPath('customer-operations.json'), 'utf8'),
  );
  return new Set(Object.values(operations));
}
