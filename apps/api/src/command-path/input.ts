import * as v from 'valibot';
import { done, refused } from './outcome';
import type { Outcome } from './outcome';

/** Reads what a caller has sent. A refusal names the field and what may stand there, never what stood there. */
export function readInput<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  field: string,
): Outcome<v.InferOutput<Schema>> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return done(result.output);
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  return refused('INPUT_INVALID', {
    field: path === null ? field : `${field}.${path}`,
    expected: issue.expected ?? issue.type,
  });
}

/** An id that a client names: a UUID in lower case, and so nothing that an object has by itself. */
export const inputId = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'no UUID'),
);
