import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, getNamedType, isObjectType, parse } from 'graphql';
import type { GraphQLField, GraphQLOutputType, GraphQLSchema } from 'graphql';

export type Kind = 'query' | 'mutation' | 'subscription';

export interface Operation {
  readonly kind: Kind;
  readonly name: string;
  readonly text: string;
}

const schemaFolder = join(import.meta.dirname, '../../schema');
const builtOperations = join(import.meta.dirname, '../../../../dist/apps/customer-operations.json');

export function committedSchema(endpoint: 'staff' | 'customer'): GraphQLSchema {
  return buildSchema(readFileSync(join(schemaFolder, `${endpoint}.graphql`), 'utf8'));
}

/** Every operation that a schema has. */
export function fieldsOf(schema: GraphQLSchema): readonly (readonly [Kind, GraphQLField<unknown, unknown>])[] {
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ] as const;
  return roots.flatMap(([kind, type]) => Object.values(type?.getFields() ?? {}).map((field) => [kind, field] as const));
}

/** Every leaf below a type, as deep as it goes. */
function selectionOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields()).map((field) => `${field.name}${selectionOf(field.type)}`);
  return ` { ${fields.join(' ')} }`;
}

function textOf(kind: Kind, { name, args, type }: GraphQLField<unknown, unknown>): string {
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const list = (inner: string): string => (inner === '' ? '' : `(${inner})`);
  return `${kind} ${list(declared)} { ${name}${list(passed)}${selectionOf(type)} }`;
}

/** Every operation of the staff schema, asking for all that it can give. */
export const staffOperations: ReadonlyMap<string, Operation> = new Map(
  fieldsOf(committedSchema('staff')).map(([kind, field]) => [
    field.name,
    { kind, name: field.name, text: textOf(kind, field) },
  ]),
);

/** Every operation of the customer schema, word for word as the customer pages were built with it. */
export const customerOperations: ReadonlyMap<string, Operation> = new Map(
  Object.values(JSON.parse(readFileSync(builtOperations, 'utf8')) as Record<string, string>).map((text) => {
    const [definition] = parse(text).definitions;
    if (definition?.kind !== 'OperationDefinition') throw new Error(`No operation stands first in ${text}`);
    const [field] = definition.selectionSet.selections;
    if (field?.kind !== 'Field') throw new Error(`No field stands first in ${text}`);
    return [field.name.value, { kind: definition.operation, name: field.name.value, text }] as const;
  }),
);

export function operation(of: ReadonlyMap<string, Operation>, name: string): Operation {
  const found = of.get(name);
  if (found === undefined) throw new Error(`There is no operation ${name}.`);
  return found;
}
