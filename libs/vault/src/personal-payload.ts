import { isSealedText, UnsealedText } from '@deskside/domain';
import type { ErasedText, OpenedText, SealedText, UnreadableText } from '@deskside/domain';
import { TextUnreadable } from './text-unreadable';
import type { FieldPlace, PersonalDataVault, PreparedSealing } from './vault';

const ERASED: ErasedText = Object.freeze({ erased: true });
const UNREADABLE: UnreadableText = Object.freeze({ unreadable: true });

type Replace = (value: unknown, path: string) => { readonly by: unknown } | undefined;

/** A copy with every value that `replace` knows replaced; parts without one are shared, not copied. */
function walk(value: unknown, path: string, replace: Replace): unknown {
  const replaced = replace(value, path);
  if (replaced) return replaced.by;
  if (typeof value !== 'object' || value === null) return value;
  const at = (key: string | number): string => (path === '' ? String(key) : `${path}.${key}`);
  if (Array.isArray(value)) return value.map((item, index) => walk(item, at(index), replace));
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, at(key), replace)]));
}

/** All texts that must be sealed before this payload may be written. */
export function unsealedTextsIn(payload: unknown): UnsealedText[] {
  const found: UnsealedText[] = [];
  walk(payload, '', (value) => {
    if (!(value instanceof UnsealedText)) return undefined;
    found.push(value);
    return { by: value };
  });
  return found;
}

/** All texts of a recorded payload that a key of the vault opens, each with its dotted path. */
export function sealedTextsIn(payload: unknown): readonly { readonly sealed: SealedText; readonly path: string }[] {
  const found: { sealed: SealedText; path: string }[] = [];
  walk(payload, '', (value, path) => {
    if (!isSealedText(value)) return undefined;
    found.push({ sealed: value, path });
    return { by: value };
  });
  return found;
}

/** The payload with each unsealed text sealed for its place: this event and its dotted path. */
export function sealPayload(payload: unknown, eventId: string, prepared: PreparedSealing): unknown {
  return walk(payload, '', (value, path) =>
    value instanceof UnsealedText ? { by: prepared.seal(value, { eventId, path }) } : undefined,
  );
}

/** One text in the clear, or why there is none. For the edge only. @throws VaultUnavailable */
export async function openedText(
  vault: Pick<PersonalDataVault, 'open'>,
  sealed: SealedText,
  place: FieldPlace,
): Promise<OpenedText> {
  try {
    return (await vault.open(sealed, place)) ?? ERASED;
  } catch (error) {
    if (error instanceof TextUnreadable) return UNREADABLE;
    throw error;
  }
}

/**
 * The payload in the clear, an `ErasedText` where a key was destroyed and an `UnreadableText` where a text does not open. For the
 * edge only: what it gives goes to somebody entitled and is not kept. @throws VaultUnavailable
 */
export async function openPayload(
  payload: unknown,
  eventId: string,
  vault: Pick<PersonalDataVault, 'open'>,
): Promise<unknown> {
  const found = sealedTextsIn(payload);
  if (found.length === 0) return payload;
  const texts = await Promise.all(found.map(({ sealed, path }) => openedText(vault, sealed, { eventId, path })));
  const opened = new Map(found.map(({ path }, index) => [path, texts[index]]));
  return walk(payload, '', (value, path) => (isSealedText(value) ? { by: opened.get(path) } : undefined));
}
