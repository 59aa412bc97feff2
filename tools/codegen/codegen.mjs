// node tools/codegen/codegen.mjs <dashboard | customer>
// Typed documents of an app from its *.graphql files and the committed schema; for the customer app also the list of the
// only operations that its endpoint accepts.
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InMemoryCache } from '@apollo/client';
import { print } from '@apollo/client/utilities';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as operations from '@graphql-codegen/typescript-operations';
import { Kind, buildSchema, parse, validate, visit } from 'graphql';

const root = fileURLToPath(new URL('../../', import.meta.url));
const schemaOf = { dashboard: 'staff', customer: 'customer' };
const scalars = { Instant: 'string', Position: 'string', EventPayload: 'unknown', ID: 'string' };

/** @param {string} path */
function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function readDocuments(folder) {
  return globSync('**/*.graphql', { cwd: folder })
    .sort()
    .map((file) => ({ location: file, document: parse(readFileSync(join(folder, file), 'utf8')) }));
}

function mustBeValid(schema, documents) {
  const whole = { kind: Kind.DOCUMENT, definitions: documents.flatMap(({ document }) => document.definitions) };
  const errors = validate(schema, whole);
  if (errors.length > 0) throw new Error(errors.map(String).join('\n\n'));
}

async function generate(app) {
  const schemaText = readFileSync(join(root, `apps/api/schema/${schemaOf[app]}.graphql`), 'utf8');
  const schema = buildSchema(schemaText);
  const documents = readDocuments(join(root, `apps/${app}/src`));
  mustBeValid(schema, documents);
  const config = {
    scalars,
    defaultScalarType: 'unknown',
    enumType: 'string-literal',
    enumsAsTypes: true,
    immutableTypes: true,
    useTypeImports: true,
    skipTypename: true,
    documentMode: 'documentNode',
    documentNodeImport: '@apollo/client#TypedDocumentNode',
    dedupeFragments: true,
  };
  const text = await codegen({
    filename: 'graphql.ts',
    schema: parse(schemaText),
    documents,
    config,
    plugins: [{ operations: {} }, { typedDocumentNode: {} }],
    pluginMap: { operations, typedDocumentNode },
  });
  write(join(root, `apps/${app}/src/generated/graphql.ts`), text);
  return documents;
}

/** Each operation with the fragments that it needs, as the app's Apollo Client changes and prints it before sending. */
function sentOperations(documents) {
  const definitions = documents.flatMap(({ document }) => document.definitions);
  const fragments = new Map(
    definitions.filter((d) => d.kind === Kind.FRAGMENT_DEFINITION).map((d) => [d.name.value, d]),
  );
  const cache = new InMemoryCache();
  return definitions
    .filter((d) => d.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => {
      const needed = [...fragmentsOf(operation, fragments)];
      return print(cache.transformDocument({ kind: Kind.DOCUMENT, definitions: [operation, ...needed] }));
    });
}

function fragmentsOf(definition, fragments, found = new Set()) {
  visit(definition, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value);
      if (found.has(fragment)) return;
      found.add(fragment);
      fragmentsOf(fragment, fragments, found);
    },
  });
  return found;
}

const app = process.argv[2];
if (!(app in schemaOf)) throw new Error('Which app? Usage: codegen.mjs <dashboard | customer>');
const documents = await generate(app);
if (app === 'customer') {
  const sent = sentOperations(documents).map((text) => [createHash('sha256').update(text).digest('hex'), text]);
  write(join(root, 'dist/apps/customer-operations.json'), `${JSON.stringify(Object.fromEntries(sent), null, 2)}\n`);
}
