import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import type { DoorKey } from './door';

/** By number or by link, exactly one of the two. */
export function keyOf(number: string | null | undefined, link: string | null | undefined): Outcome<DoorKey> {
  if (typeof number === 'string' && typeof link === 'string') return refused('INPUT_INVALID');
  if (typeof number === 'string') return done({ kind: 'number', secret: number });
  return typeof link === 'string' ? done({ kind: 'link', secret: link }) : refused('INPUT_INVALID');
}
