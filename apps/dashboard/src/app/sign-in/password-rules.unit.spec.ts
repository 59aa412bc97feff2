import { describe, expect, it } from '@jest/globals';
import { isAcceptable, passwordRules } from './password-rules';

function met(typed: string): Record<string, boolean> {
  return Object.fromEntries(passwordRules(typed).map((rule) => [rule.name, rule.met]));
}

describe('password rules as somebody types', () => {
  it('are not met by nothing', () => {
    expect(met('')).toEqual({ least: false, notCommon: false });
  });

  it('count characters as people see them, full-width ones too', () => {
    expect(passwordRules('１２３')[0]?.figures).toEqual({ least: 12, length: 3 });
    expect(passwordRules('👍👍')[0]?.figures).toEqual({ least: 12, length: 2 });
  });

  it('refuse a long but common one by its own rule', () => {
    expect(met('password123456')).toEqual({ least: true, notCommon: false });
    expect(met('aaaaaaaaaaaaaaaa')).toEqual({ least: true, notCommon: false });
  });

  it('tell the upper limit only to whom it matters', () => {
    expect(met('correct horse '.repeat(20))).toEqual({ least: true, most: false, notCommon: false });
    expect(met('correct horse battery')).toEqual({ least: true, notCommon: true });
  });

  it('agree with the domain', () => {
    for (const typed of ['', 'short', 'password123456', 'correct horse battery', 'x'.repeat(201)])
      expect(passwordRules(typed).every((rule) => rule.met)).toBe(isAcceptable(typed));
  });
});
