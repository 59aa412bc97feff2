import type { Refusal, RefusalCode } from '@deskside/domain';
import { GraphQLError } from 'graphql';

/** What a handler answers. An expected "no" is a value; only a broken invariant is thrown. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function refused(
  code: RefusalCode,
  details?: Refusal['details'],
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: details === undefined ? { code } : { code, details } };
}

/** The one place where refusals become GraphQL errors: `extensions.code` and, for the sentence, `extensions.details`. */
export function answer<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw refusalError(outcome.refusal);
}

export function refusalError({ code, details }: Refusal): GraphQLError {
  return new GraphQLError(`Refused: ${code}`, { extensions: details === undefined ? { code } : { code, details } });
}
