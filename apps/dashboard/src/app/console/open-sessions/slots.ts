import { customerColours } from '@deskside/ui';
import type { CustomerColour } from '@deskside/ui';

/** Which place each open session has. A place gives the letter, the colour and the key, and is kept until the session is closed. */
export type Slots = ReadonlyMap<string, number>;

/** Sessions that are still there keep their place; each new one takes the first free one, in the order given. */
export function assignSlots(before: Slots, sessionIds: readonly string[]): Slots {
  const kept = new Map([...before].filter(([id]) => sessionIds.includes(id)));
  const taken = new Set(kept.values());
  for (const id of sessionIds) {
    if (kept.has(id)) continue;
    let slot = 0;
    while (taken.has(slot)) slot++;
    taken.add(slot);
    kept.set(id, slot);
  }
  return kept;
}

/** A to Z, then A2, B2 and so on. */
export function letterOf(slot: number): string {
  const letter = String.fromCharCode(65 + (slot % 26));
  return slot < 26 ? letter : `${letter}${Math.floor(slot / 26) + 1}`;
}

/** There are eight colours that people can tell apart; the letter tells the ninth from the first. */
export function colourOf(slot: number): CustomerColour {
  return customerColours[slot % customerColours.length] ?? 'a';
}

export function writeSlots(slots: Slots): string {
  return JSON.stringify([...slots]);
}

/** Whatever is stored: another version of this page may have written it. */
export function readSlots(text: string | null): Slots {
  try {
    const entries: unknown = JSON.parse(text ?? '[]');
    return new Map(Array.isArray(entries) ? entries.filter(isSlot) : []);
  } catch {
    return new Map();
  }
}

function isSlot(entry: unknown): entry is [string, number] {
  return Array.isArray(entry) && typeof entry[0] === 'string' && Number.isInteger(entry[1]) && entry[1] >= 0;
}
