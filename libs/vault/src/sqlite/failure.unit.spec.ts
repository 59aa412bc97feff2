import { describe, expect, it } from '@jest/globals';
import { damageIn, hindranceOf, toError, toFailure } from './failure';
import type { Answer } from './writer-messages';

const yes = (): boolean => true;
const no = (): boolean => false;

describe('what keeps the vault from being written', () => {
  const done: Answer = { id: 1, value: null };
  const erased: Answer = {
    id: 2,
    failure: { code: 'SUBJECT_ERASED', owner: { subject: 'customer-1', class: 'content' } },
  };
  const full: Answer = { id: 3, failure: { code: 'VAULT_FULL' } };
  const failed: Answer = { id: 4, failure: { code: 'FAILED', message: 'disk I/O error' } };

  it('is nothing when work was done, or refused for what it is', () => {
    expect(hindranceOf([done, erased], no)).toBeNull();
  });

  it('is a full disk as soon as one request meets it, though a smaller one may still find room', () => {
    expect(hindranceOf([full, done], yes)).toBe('its disk is full');
  });

  it('is what a request failed of only if others would fail as well', () => {
    expect(hindranceOf([done, failed], yes)).toBeNull();
    expect(hindranceOf([failed], no)).toBe('disk I/O error');
  });

  it('is damage for good, for whoever asked it is that the vault cannot be used', () => {
    const malformed = Object.assign(new Error('database disk image is malformed'), { errcode: 11 });
    const failure = toFailure(malformed);
    const sentence =
      'its file is damaged (database disk image is malformed); stop the server and restore it from a backup';
    expect(damageIn([done, failed, { id: 5, failure }])).toBe(sentence);
    expect(damageIn([done, failed, erased, full])).toBeNull();
    expect(toError(failure)).toMatchObject({
      ...{ code: 'VAULT_UNAVAILABLE', message: `The vault cannot be used just now: ${sentence}.` },
    });
  });
});
