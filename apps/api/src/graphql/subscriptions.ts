import { getOperationAST, GraphQLError, Kind, OperationTypeNode, parse, specifiedRules, validate } from 'graphql';
import type { DocumentNode, ExecutionArgs, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { Caller } from '../command-path/caller';
import { refusalError } from '../command-path/outcome';
import { limitRules, limits } from './endpoint-limits';
import type { SocketExtra } from './graphql-socket';
import { unconditionalSubscriptions } from './subscription-rules';

/** Documents that passed: a handful per build, so a thousand reconnections parse nothing. */
const kept = 200;

/** Looks at an operation that came over a WebSocket as the HTTP side does: limits, schema, allow-list. */
export class OperationGate {
  readonly #passed = new Map<string, DocumentNode>();

  /** @param allowed texts of the operations that this endpoint takes; null: any valid one. */
  constructor(
    private readonly schema: () => GraphQLSchema,
    private readonly allowed: ReadonlySet<string> | null,
  ) {}

  admit(text: string): DocumentNode | readonly GraphQLError[] {
    const before = this.#passed.get(text);
    if (before !== undefined) return before;
    if (this.allowed !== null && !this.allowed.has(text)) return [unknownOperation()];
    try {
      const document = parse(text, { maxTokens: limits.tokens });
      const errors = validate(this.schema(), document, [...specifiedRules, ...limitRules, unconditionalSubscriptions]);
      if (errors.length > 0) return errors;
      if (this.#passed.size < kept) this.#passed.set(text, document);
      return document;
    } catch (error) {
      return [error instanceof GraphQLError ? error : new GraphQLError('The query cannot be read.')];
    }
  }
}

export function unknownOperation(): GraphQLError {
  return new GraphQLError('This endpoint takes the operations of its own pages only.', {
    extensions: { code: 'OPERATION_UNKNOWN' },
  });
}

/** A connection as graphql-ws knows it. */
export interface SocketContext {
  readonly extra: SocketExtra;
  readonly connectionParams?: Readonly<Record<string, unknown> | undefined>;
}

/**
 * `onSubscribe` of graphql-ws: the gate, then the arguments of the execution. Who asks is found out for each operation: a
 * connection may outlive a sign-in, a role or a place in a session.
 */
export function admitThrough(
  gate: OperationGate,
  schema: () => GraphQLSchema,
  contextOf: (context: SocketContext) => Promise<{ readonly caller: Caller | null }>,
) {
  return async (
    context: SocketContext,
    _id: string,
    payload: SubscribePayload,
  ): Promise<ExecutionArgs | GraphQLError[]> => {
    const document = gate.admit(payload.query);
    if (!('kind' in document)) return [...document];
    const operation = getOperationAST(document, payload.operationName);
    if (operation == null) return [new GraphQLError('There is no such operation.')];
    const contextValue = await contextOf(context);
    const { hold } = context.extra;
    const refusal =
      operation.operation === OperationTypeNode.SUBSCRIPTION
        ? hold.feed(contextValue.caller, kindOf(operation), payload)
        : hold.request(contextValue.caller, payload);
    if (refusal !== null) return [refusalError(refusal)];
    return {
      schema: schema(),
      document,
      operationName: payload.operationName ?? null,
      variableValues: payload.variables ?? null,
      contextValue,
    };
  };
}

/** Of which kind a subscription is: its one field. One behind a fragment is of a kind of its own. */
function kindOf({ selectionSet: { selections } }: OperationDefinitionNode): string {
  const [field] = selections;
  return field?.kind === Kind.FIELD ? field.name.value : 'fragment';
}
