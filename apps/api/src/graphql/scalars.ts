import { GraphQLError, valueFromASTUntyped } from 'graphql';
import type { GraphQLScalarType, ValueNode } from 'graphql';

/** What the adapters of the log give out: a row's number, or commit and prepare of a KurrentDB log, both below 2^64. */
const position = scalar('Position', 'a position of a log', (text) => /^\d{1,20}(\/\d{1,20})?$/.test(text));

/** RFC 3339 in UTC with milliseconds, as events have it: then texts compare as times do. */
const instant = scalar('Instant', 'an instant such as 2026-11-20T09:00:00.000Z', (text) => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)) return false;
  const time = new Date(text);
  // The pattern alone would take the thirtieth of February.
  return !Number.isNaN(time.getTime()) && time.toISOString() === text;
});

/** What stands in an event is decided on the server; nobody sends one. */
const eventPayload = scalar('EventPayload', 'anything that can be sent', () => false);

/** By what each endpoint's schema calls them: graphql-js takes anything for a scalar that it was told nothing about. */
export const scalars = {
  staff: { Position: position, Instant: instant, EventPayload: eventPayload },
  customer: { Instant: instant, EventPayload: eventPayload },
} as const;

/** What the scalar of the schema, which has its own description, lets in. */
function scalar(
  name: string,
  expected: string,
  isRight: (text: string) => boolean,
): Pick<GraphQLScalarType, 'parseValue' | 'parseLiteral'> {
  const parseValue = (value: unknown): unknown => {
    if (typeof value === 'string' && isRight(value)) return value;
    throw new GraphQLError(`${name} must be ${expected}.`);
  };
  return { parseValue, parseLiteral: (node: ValueNode, variables) => parseValue(valueFromASTUntyped(node, variables)) };
}
