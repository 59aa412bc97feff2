import { describe, expect, it } from '@jest/globals';
import { sealed } from '../test-support/given-when-then';
import { isErasedText, isSealedText, isUnreadableText, UnsealedText } from './personal-data';

const text = new UnsealedText('Ana Ivi\u0107', { subject: 'customer-1', class: 'identity' });

describe('text that is not sealed yet', () => {
  it('is given away to the sealing step alone', () => {
    expect(text.reveal()).toBe('Ana Ivi\u0107');
  });

  it('never reaches JSON, alone or within something', () => {
    expect(() => JSON.stringify(text)).toThrow('in the clear');
    expect(() => JSON.stringify({ payload: [{ name: text }] })).toThrow('in the clear');
  });

  it('never reaches a log line, a copy or a loop over its fields', () => {
    expect(String(text)).not.toContain('Ana');
    expect(JSON.stringify({ ...text })).not.toContain('Ana');
    expect(JSON.stringify(Object.entries(text))).not.toContain('Ana');
    expect(Reflect.ownKeys(text)).toEqual(['subject', 'class', 'ownKey']);
  });

  it('has a key of its own only when asked for', () => {
    expect(text.ownKey).toBe(false);
    expect(new UnsealedText('x', { subject: 's', class: 'content', ownKey: true }).ownKey).toBe(true);
  });
});

describe('what a text is', () => {
  it('is told apart', () => {
    const seal = sealed('customer-1', 'identity', 'abc');
    expect([seal, text, { erased: true }, 'Ana', null, undefined, 7].map(isSealedText)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect([seal, text, { erased: true }, { erased: false }, 'Ana', null].map(isErasedText)).toEqual([
      false,
      false,
      true,
      false,
      false,
      false,
    ]);
    expect([{ unreadable: true }, { erased: true }, 'Ana', null].map(isUnreadableText)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
