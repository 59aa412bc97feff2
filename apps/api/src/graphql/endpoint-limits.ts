import { costLimitRule } from '@escape.tech/graphql-armor-cost-limit';
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { GraphQLError } from 'graphql';
import type { ValidationContext, ValidationRule } from 'graphql';

/**
 * No screen asks for more; whoever does is turned away before anything runs. The longest note, with each letter escaped, has
 * 48,000 bytes, and a text twice as long is still told what is wrong with it; a body of brackets costs some 60 ms a megabyte
 * to read.
 */
export const limits = { depth: 6, cost: 2000, aliases: 5, tokens: 1000, bodyBytes: 128 * 1024 } as const;

/** Reported like any other fault of a query: thrown it would look like one of the server. */
const tooLarge = {
  propagateOnRejection: false,
  onReject: [
    (context: ValidationContext | null) =>
      context?.reportError(new GraphQLError('The query is larger than this endpoint takes.')),
  ],
};

/** Depth, cost and alias limits, the same over HTTP and WebSocket. */
export const limitRules: readonly ValidationRule[] = [
  maxDepthRule({ n: limits.depth, ignoreIntrospection: false, ...tooLarge }) as ValidationRule,
  costLimitRule({ maxCost: limits.cost, ...tooLarge }) as ValidationRule,
  maxAliasesRule({ n: limits.aliases, ...tooLarge }) as ValidationRule,
];
