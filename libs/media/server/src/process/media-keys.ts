import { createHash, randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { keepFile, readKeptJson } from '@deskside/kept-file';
import type { OnDamagedFile } from '@deskside/kept-file';

const keys = v.object({
  apiKey: v.pipe(v.string(), v.minLength(10)),
  apiSecret: v.pipe(v.string(), v.minLength(32)),
});

export type MediaKeys = Readonly<v.InferOutput<typeof keys>>;

/** The key of our own LiveKit, made at the first start and kept for this user alone. */
export function mediaKeys(file: string, onDamaged: OnDamagedFile): MediaKeys {
  const found = readKeptJson(file, keys, onDamaged) ?? {
    apiKey: `deskside-${randomBytes(8).toString('hex')}`,
    apiSecret: randomBytes(48).toString('base64url'),
  };
  // Written again when it was there too: whatever its mode had become, it is 0600 now.
  keepFile(file, JSON.stringify(found));
  return found;
}

/** Tells keys apart without telling them. */
export function fingerprintOf({ apiKey, apiSecret }: MediaKeys): string {
  return createHash('sha256').update(`${apiKey}\0${apiSecret}`).digest('hex').slice(0, 32);
}
