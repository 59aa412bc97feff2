import { describe, expect, it } from '@jest/globals';
import { sealed } from '../test-support/given-when-then';
import { hasDeclaredForm } from './has-declared-form';

const id = '00000000-0000-4000-8000-000000000001';
const line = { messageId: id, authorId: id, to: 'all' };
const hasForm = (payload: unknown, type = 'ChatMessageSent'): boolean => hasDeclaredForm({ type, payload });

describe('the declared form of a payload', () => {
  it('is that of its type, whatever became of the texts of people in it', () => {
    const text = sealed('supportSession-1', 'content', 'abc');
    const texts = [text, { ...text, ciphertext: '{' }, 'in the clear', { erased: true }, { unreadable: true }, 7];
    for (const one of texts) expect(hasForm({ ...line, text: one })).toBe(true);
  });

  it('is lost with a field, with a text of people as well, and with all of it', () => {
    for (const payload of [{ ...line, authorId: undefined, text: 'x' }, line, {}, null, 'x'])
      expect(hasForm(payload)).toBe(false);
  });

  it('is any for a type that nobody declares', () => expect(hasForm({}, 'OfANewerVersion')).toBe(true));
});
