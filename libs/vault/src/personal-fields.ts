import { isSealedText, UnsealedText } from '@deskside/domain';
import type { ErasedText, SealedText } from '@deskside/domain';
import type { FieldPlace, PersonalDataVault, PreparedSealing } from './vault';

type Leaf = SealedText | UnsealedText;

/** Every unsealed personal text in a payload, in any depth. */
export function unsealedTextsIn(payload: unknown): readonly UnsealedText[] {
  const found: UnsealedText[] = [];
  visit(payload, (leaf) => {
    if (leaf instanceof UnsealedText) found.push(leaf);
  });
  return found;
}

/** The payload as it goes into the log: each personal text sealed in its place. */
export function sealPayload(payload: unknown, eventId: string, prepared: PreparedSealing): unknown {
  return transform(payload, (leaf, path) =>
    leaf instanceof UnsealedText ? prepared.seal(leaf, { eventId, path }) : leaf,
  );
}

/** The payload as it is read: each sealed text opened, or marked as erased where its key is gone. */
export async function openPayload(
  payload: unknown,
  eventId: string,
  vault: Pick<PersonalDataVault, 'open'>,
): Promise<unknown> {
  const places: { sealed: SealedText; place: FieldPlace }[] = [];
  visit(payload, (leaf, path) => {
    if (isSealedText(leaf)) places.push({ sealed: leaf, place: { eventId, path } });
  });
  if (places.length === 0) return payload;
  const texts = await Promise.all(places.map(({ sealed, place }) => vault.open(sealed, place)));
  const erased: ErasedText = { erased: true };
  const opened = new Map(places.map(({ sealed }, index) => [sealed, texts[index] ?? erased]));
  return transform(payload, (leaf) => (isSealedText(leaf) ? opened.get(leaf) : leaf));
}

function isLeaf(value: object): value is Leaf {
  return value instanceof UnsealedText || isSealedText(value);
}

function visit(value: unknown, found: (leaf: Leaf, path: string) => void, path = ''): void {
  if (typeof value !== 'object' || value === null) return;
  if (isLeaf(value)) return found(value, path);
  for (const [key, child] of Object.entries(value)) visit(child, found, join(path, key));
}

function transform(value: unknown, change: (leaf: Leaf, path: string) => unknown, path = ''): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isLeaf(value)) return change(value, path);
  if (Array.isArray(value)) return value.map((child, index) => transform(child, change, join(path, String(index))));
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, transform(child, change, join(path, key))]),
  );
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
