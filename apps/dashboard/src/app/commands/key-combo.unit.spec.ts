import { describe, expect, it } from '@jest/globals';
import { comboOf, isModified, isSingleCharacter, isTextField, writtenKeys } from './key-combo';
import type { KeyPress } from './key-combo';

function press(key: string, more: Partial<KeyPress> & { altGraph?: boolean } = {}): KeyPress {
  const { altGraph = false, ...rest } = more;
  const none = {
    code: '',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    isComposing: false,
    keyCode: 0,
  };
  return { key, ...none, getModifierState: (name) => name === 'AltGraph' && altGraph, ...rest };
}

describe('a key combination', () => {
  it('is the key alone, with Ctrl or Command, or Alt with a digit', () => {
    expect(comboOf(press('N', { code: 'KeyN' }))).toBe('n');
    expect(comboOf(press('?'))).toBe('?');
    expect(comboOf(press('k', { ctrlKey: true }))).toBe('mod+k');
    expect(comboOf(press('k', { metaKey: true }))).toBe('mod+k');
    expect(comboOf(press('¡', { altKey: true, code: 'Digit1' }))).toBe('alt+1');
    expect(comboOf(press('ArrowUp'))).toBe('ArrowUp');
    expect(comboOf(press('S', { code: 'KeyS', shiftKey: true }))).toBe('shift+s');
    expect(comboOf(press('?', { code: 'Slash', shiftKey: true }))).toBe('?');
  });

  it('is nothing inside an input-method composition', () => {
    expect(comboOf(press('n', { isComposing: true }))).toBeNull();
    expect(comboOf(press('Process', { keyCode: 229 }))).toBeNull();
  });

  it('is nothing with AltGr, which types @ { } on Serbian keyboards', () => {
    expect(comboOf(press('@', { ctrlKey: true, altKey: true }))).toBeNull();
    expect(comboOf(press('{', { altGraph: true }))).toBeNull();
    expect(comboOf(press('1', { ctrlKey: true, altKey: true, code: 'Digit1' }))).toBeNull();
  });

  it('is the Latin letter of the same key on a Cyrillic or Chinese layout', () => {
    expect(comboOf(press('н', { code: 'KeyN' }))).toBe('n');
    expect(comboOf(press('ㄇ', { code: 'KeyA' }))).toBe('a');
  });

  it('leaves other keys with Alt to the browser', () => {
    expect(comboOf(press('f', { altKey: true, code: 'KeyF' }))).toBeNull();
  });

  it('is written as on the keys', () => {
    expect(writtenKeys('mod+k', false)).toEqual(['Ctrl', 'K']);
    expect(writtenKeys('alt+1', true)).toEqual(['⌥', '1']);
  });
});

describe('a letter with Shift', () => {
  it('types a character like the letter alone: never in a field, and switched off with the letters', () => {
    expect(['shift+s', 's', '+'].map(isModified)).toEqual([false, false, false]);
    expect(['shift+s', 's', 'mod+k', 'ArrowUp'].map(isSingleCharacter)).toEqual([true, true, false, false]);
  });
});

describe('a text field', () => {
  it('is whatever characters are typed into', () => {
    const box = document.createElement('input');
    expect(isTextField(box)).toBe(true);
    box.type = 'checkbox';
    expect(isTextField(box)).toBe(false);
    expect(isTextField(document.createElement('textarea'))).toBe(true);
    expect(isTextField(document.createElement('button'))).toBe(false);
    expect(isTextField(null)).toBe(false);
  });
});
