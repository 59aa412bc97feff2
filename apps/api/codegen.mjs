// Types of the GraphQL answers, from the committed schemas: a resolver that answers something else does not compile.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import { buildSchema, parse, printSchema } from 'graphql';

const target = join(import.meta.dirname, 'src/graphql/generated');
mkdirSync(target, { recursive: true });

for (const endpoint of ['staff', 'customer']) {
  const sdl = readFileSync(join(import.meta.dirname, `schema/${endpoint}.graphql`), 'utf8');
  const config = {
    enumsAsTypes: true,
    skipTypename: true,
    useTypeImports: true,
    immutableTypes: true,
    avoidOptionals: { field: true, inputValue: false },
    maybeValue: 'T | null',
    inputMaybeValue: 'T | null | undefined',
    scalars: { Position: 'string', Instant: 'string', EventPayload: 'unknown', ID: 'string' },
  };
  const output = await codegen({
    filename: `${endpoint}.ts`,
    schema: parse(printSchema(buildSchema(sdl))),
    documents: [],
    plugins: [{ typescript: {} }],
    pluginMap: { typescript },
    config,
  });
  writeFileSync(join(target, `${endpoint}.ts`), output);
}
