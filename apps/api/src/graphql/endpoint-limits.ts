import { costLimitRule } from '@escape.tech/graphql-armor-cost-limit';
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import type { ValidationRule } from 'graphql';

/** No screen asks for more; whoever does is turned away before anything runs. */
export const limits = { depth: 6, cost: 2000, aliases: 5, tokens: 1000, bodyBytes: 512 * 1024 } as const;

const quiet = { exposeLimits: false, errorMessage: 'The query is larger than this endpoint takes.' } as const;

/** Depth, cost and alias limits, the same over HTTP and WebSocket. */
export const limitRules: readonly ValidationRule[] = [
  maxDepthRule({ n: limits.depth, ignoreIntrospection: false, ...quiet }) as ValidationRule,
  costLimitRule({ maxCost: limits.cost, ...quiet }) as ValidationRule,
  maxAliasesRule({ n: limits.aliases, ...quiet }) as ValidationRule,
];
