import type { Refusal } from '@deskside/domain';

/** Faster than the server allows. @param wait milliseconds until the next is taken */
export function tooMany(wait: number): Refusal {
  return { code: 'TOO_MANY_REQUESTS', details: { seconds: Math.max(1, Math.ceil(wait / 1000)) } };
}

/** More at the same time than one may have. */
export const tooManyOpen: Refusal = { code: 'TOO_MANY_OPEN' };
