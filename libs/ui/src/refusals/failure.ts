import { CombinedGraphQLErrors, ServerError, ServerParseError } from '@apollo/client/errors';
import { isWriteRefusalCode, refusalCodes } from '@deskside/domain';
import type { Refusal, RefusalCode } from '@deskside/domain';
import { ConnectionRefused, Unreachable } from './unreachable';

/** Why something asked of the server did not come about. */
export type Failure =
  /** The server answered no, with its reason. */
  | ({ readonly kind: 'refused' } & Refusal)
  /** No answer: it may or may not have happened, and asking again with the same commandId is safe. */
  | { readonly kind: 'unreachable' }
  /** An answer that should not exist. */
  | { readonly kind: 'broken' };

export function failureOf(error: unknown): Failure {
  if (error instanceof Unreachable) return { kind: 'unreachable' };
  if (error instanceof ConnectionRefused) return { kind: 'refused', code: error.code };
  if (CombinedGraphQLErrors.is(error)) return refusalAmong(error.errors) ?? { kind: 'broken' };
  if (ServerError.is(error)) return failureOfStatus(error.statusCode, error.response);
  // A proxy's own page instead of ours.
  if (ServerParseError.is(error)) return failureOfStatus(error.statusCode, error.response);
  return { kind: 'broken' };
}

export function isRefused(error: unknown, code: RefusalCode): boolean {
  const failure = failureOf(error);
  return failure.kind === 'refused' && failure.code === code;
}

const passing: ReadonlySet<RefusalCode> = new Set([
  'LOG_UNAVAILABLE',
  'LOG_DISK_FULL',
  'TOO_MANY_REQUESTS',
  'NOT_YET',
  'REVISION_CONFLICT',
]);

/** Whether the server refused for a reason that passes by itself, so that the same can be asked again. */
export function passesByItself(failure: Failure): boolean {
  return failure.kind === 'refused' && passing.has(failure.code);
}

/** Whether the refusal is of the whole site, and not of what was asked for. */
export function isWriteRefusal(failure: Failure): boolean {
  return failure.kind === 'refused' && isWriteRefusalCode(failure.code);
}

/** Seconds after which the server lets whoever was too fast ask again; 0 when that is not why it refused. */
export function secondsAskedFor(failure: Failure): number {
  if (failure.kind !== 'refused' || failure.code !== 'TOO_MANY_REQUESTS') return 0;
  const seconds = Number(failure.details?.['seconds']);
  return seconds > 0 ? seconds : usualWaitSeconds;
}

/** Where a proxy or our own gate says only that it was too much. */
const usualWaitSeconds = 10;

function failureOfStatus(status: number, response: Response): Failure {
  if (status === 401) return { kind: 'refused', code: 'NOT_SIGNED_IN' };
  if (status === 429)
    return { kind: 'refused', code: 'TOO_MANY_REQUESTS', details: { seconds: secondsToWait(response) } };
  return status >= 500 ? { kind: 'unreachable' } : { kind: 'broken' };
}

/** RFC 9110, 10.2.3: seconds, or a date, which nobody sends here. */
function secondsToWait({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after') ?? usualWaitSeconds);
  return Number.isInteger(seconds) && seconds > 0 ? seconds : usualWaitSeconds;
}

function refusalAmong(errors: CombinedGraphQLErrors['errors']): Failure | null {
  for (const { extensions } of errors) {
    const code = extensions?.['code'];
    if (isRefusalCode(code)) return { kind: 'refused', code, details: detailsOf(extensions?.['details']) };
  }
  return null;
}

function isRefusalCode(value: unknown): value is RefusalCode {
  return (refusalCodes as readonly unknown[]).includes(value);
}

function detailsOf(value: unknown): NonNullable<Refusal['details']> {
  if (typeof value !== 'object' || value === null) return {};
  const figures = Object.entries(value).filter(([, v]) => typeof v === 'string' || typeof v === 'number');
  return Object.fromEntries(figures) as NonNullable<Refusal['details']>;
}
