import { rememberedText } from './remembered-text';

/** A small value that this browser keeps until it is forgotten; what cannot be read any more counts as absent. */
export interface KeptJson<T> {
  read(): T | null;
  write(value: T | null): void;
}

export function keptJson<T>(key: string, isValid: (value: unknown) => value is T): KeptJson<T> {
  const kept = rememberedText(key);
  return {
    read: () => {
      const value = parse(kept.read());
      return isValid(value) ? value : null;
    },
    write: (value) => (value === null ? kept.forget() : kept.write(JSON.stringify(value))),
  };
}

function parse(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
