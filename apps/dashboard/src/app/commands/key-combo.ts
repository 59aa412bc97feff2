/** The parts of a KeyboardEvent that matter here. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing' | 'keyCode' | 'getModifierState'
>;

/**
 * What was pressed as `n`, `shift+s`, `?`, `mod+k` (Ctrl, or Command on a Mac) or `alt+3`; null for what must be left alone: keys
 * inside an input-method composition (keyCode 229 where `isComposing` is not set), and Ctrl+Alt, which is how Windows
 * reports AltGr, by which Serbian keyboards type @ { } and others.
 */
export function comboOf(press: KeyPress): string | null {
  if (press.isComposing || press.keyCode === 229 || press.getModifierState('AltGraph')) return null;
  const mod = press.ctrlKey || press.metaKey;
  if (press.altKey) return mod ? null : altCombo(press.code);
  return mod ? `mod+${latinKey(press)}` : plainCombo(press);
}

/** Shift counts only with letters: with other keys it makes another character. */
function plainCombo(press: KeyPress): string {
  const key = latinKey(press);
  return press.shiftKey && /^[a-z]$/.test(key) ? `shift+${key}` : key;
}

function altCombo(code: string): string | null {
  const digit = /^Digit([1-8])$/.exec(code)?.[1];
  return digit === undefined ? null : `alt+${digit}`;
}

/** Letters of a Cyrillic or Chinese layout count as the Latin letter on the same key. */
function latinKey({ key, code }: KeyPress): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined && !/^[\x21-\x7e]$/.test(key)) return letter.toLowerCase();
  return key.length === 1 ? key.toLowerCase() : key;
}

/** True with Ctrl, Command or Alt: only such combinations act while somebody types. */
export function isModified(combo: string): boolean {
  return combo.startsWith('mod+') || combo.startsWith('alt+');
}

/** True where the space bar presses what has the focus. */
export function isPressedBySpace(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a[href], input, summary, [role="option"]') !== null;
}

/** True for a combination that types one character: a person may switch these off. */
export function isSingleCharacter(combo: string): boolean {
  return combo.replace('shift+', '').length === 1;
}

/** True where a character would be typed. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !['button', 'checkbox', 'radio', 'submit'].includes(target.type);
}

/** As it stands on the keys, one word a key. */
export function writtenKeys(combo: string, mac: boolean): readonly string[] {
  const names: Readonly<Record<string, string>> = {
    mod: mac ? '⌘' : 'Ctrl',
    alt: mac ? '⌥' : 'Alt',
    shift: mac ? '⇧' : 'Shift',
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
    ' ': '␣',
  };
  return combo.split('+').map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part));
}
