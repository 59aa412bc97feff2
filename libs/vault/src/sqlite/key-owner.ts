import type { ErasedKey } from '@deskside/domain';

/** Item number of the key that all texts of a subject and class share. */
export const SHARED = 0;
/** Item keys made at once, so that a chat line seldom waits for the disk. */
export const BLOCK = 32;

export type KeyOwner = Pick<ErasedKey, 'subject' | 'class'>;

export interface ItemKey {
  readonly item: number;
  readonly key: Uint8Array;
}

/** Subjects and classes are made by the server and hold no line breaks. */
export function ownerName(owner: KeyOwner): string {
  return `${owner.class}\n${owner.subject}\n`;
}

export function keyName(owner: KeyOwner, item: number): string {
  return `${ownerName(owner)}${item}`;
}

/** Authenticated with a wrapped key: it opens as the key of its own subject, class and item only. */
export function keyContext(owner: KeyOwner, item: number): string {
  return JSON.stringify([owner.subject, owner.class, item]);
}
