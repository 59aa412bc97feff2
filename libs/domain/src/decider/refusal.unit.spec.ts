import { describe, expect, it } from '@jest/globals';
import { refuse, unreachable } from './decider';
import { refusalCodes } from './refusal';

describe('refusals', () => {
  it('have each code once, in capitals', () => {
    expect(new Set(refusalCodes).size).toBe(refusalCodes.length);
    for (const code of refusalCodes) expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
  });

  it('have details only when there are some', () => {
    expect(refuse('CHAT_EMPTY')).toEqual({ ok: false, refusal: { code: 'CHAT_EMPTY' } });
    expect(Object.keys(refuse('CHAT_EMPTY').refusal)).toEqual(['code']);
    expect(refuse('CHAT_TOO_LONG', { limit: 1 }).refusal).toEqual({ code: 'CHAT_TOO_LONG', details: { limit: 1 } });
  });
});

describe('a switch that was not closed after all', () => {
  it('throws', () => {
    expect(() => unreachable('surprise' as never)).toThrow('"surprise"');
  });
});
