import { unwrap, wrap } from '../text-cipher';
import type { StoredSecret } from '../vault';
import { DoesNotOpen } from './does-not-open';

/** A secret as it stands in the file, sealed by the master key. */
export interface SealedSecret extends Pick<StoredSecret, 'kind' | 'id' | 'owner'> {
  /** Milliseconds since 1970; null: never. */
  readonly expiresAt: number | null;
  readonly sealed: Uint8Array;
}

export function sealSecret(master: Uint8Array, { kind, id, owner, value, expiresAt }: StoredSecret): SealedSecret {
  const sealed = wrap(master, Buffer.from(JSON.stringify(value)), context(kind, id));
  return { kind, id, owner, expiresAt: expiresAt?.getTime() ?? null, sealed };
}

/** @throws DoesNotOpen when the bytes were changed or stand under another name. */
export function openSecret(master: Uint8Array, { kind, id, owner, expiresAt, sealed }: SealedSecret): StoredSecret {
  const value: unknown = JSON.parse(opened(master, { kind, id, sealed }).toString());
  return { kind, id, owner, value, expiresAt: expiresAt === null ? null : new Date(expiresAt) };
}

function opened(master: Uint8Array, { kind, id, sealed }: Pick<SealedSecret, 'kind' | 'id' | 'sealed'>): Buffer {
  try {
    return unwrap(master, sealed, context(kind, id));
  } catch (error) {
    throw new DoesNotOpen('secret', error);
  }
}

/** Authenticated with a secret: it opens under its own name only. */
function context(kind: string, id: string): string {
  return JSON.stringify(['secret', kind, id]);
}
