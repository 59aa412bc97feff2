/** A short text that this browser keeps for us, or does not when it keeps nothing (private windows, full storage). */
export interface RememberedText {
  read(): string | null;
  write(value: string): void;
  forget(): void;
}

export function rememberedText(key: string, storage: () => Storage = () => localStorage): RememberedText {
  return {
    read: () => attempt(() => storage().getItem(key)) ?? null,
    write: (value) => attempt(() => storage().setItem(key, value)),
    forget: () => attempt(() => storage().removeItem(key)),
  };
}

/** Browsers throw on mere access where storage is forbidden: then nothing is remembered, and everything else works. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
