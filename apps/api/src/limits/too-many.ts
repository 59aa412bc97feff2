import type { Refusal } from '@deskside/domain';

/** Faster than the server allows. @param wait milliseconds until the next is taken */
export function tooMany(wait: number): Refusal {
  return { code: 'TOO_MANY_REQUESTS', details: { seconds: Math.max(1, Math.ceil(wait / 1000)) } };
}

/** More at the same time than one may have. */
export const tooManyOpen: Refusal = { code: 'TOO_MANY_OPEN' };

/** Wrong secrets. @param seconds until one is looked at again; told in whole minutes, because a window is a quarter of an hour */
export function tooManyTries(seconds: number): Refusal {
  return { code: 'TOO_MANY_TRIES', details: { minutes: Math.ceil(seconds / 60) } };
}
