import type { Refusal, RefusalCode } from '@deskside/domain';
import { LogUnavailable } from '@deskside/event-store';
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

/** A command reads the stream that it writes: what the log does not give in time is refused as what it does not take. */
export function refusedByLog(error: unknown): { readonly ok: false; readonly refusal: Refusal } {
  if (error instanceof LogUnavailable) return refused('LOG_UNAVAILABLE');
  throw error;
}

/** The one place where refusals become GraphQL errors: `extensions.code` and, for the sentence, `extensions.details`. */
export function answer<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw refusalError(outcome.refusal);
}

export function refusalError({ code, details }: Refusal): GraphQLError {
  return new GraphQLError(`Refused: ${code}`, { extensions: details === undefined ? { code } : { code, details } });
}
