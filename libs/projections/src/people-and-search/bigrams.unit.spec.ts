import { describe, expect, it } from '@jest/globals';
import { gramQuery, gramsOf } from './bigrams';

const d = '000064';
const o = '00006f';
const r = '000072';
const yi = '006021';
const jun = '00541b';

describe('bigrams', () => {
  it('gives a token for each pair of characters and one for the last character', () => {
    expect(gramsOf('dor')).toBe(`${d}${o} ${o}${r} ${r}`);
  });

  it('puts a breaker between words, so that no phrase runs from one into the next', () => {
    expect(gramsOf('do r')).toBe(`${d}${o} ${o} x ${r}`);
  });

  it('takes a character outside the basic plane for one', () => {
    expect(gramsOf('𠮷')).toBe('020bb7');
  });

  it('asks for two or more characters as a phrase of whole pairs', () => {
    expect(gramQuery('dor')).toBe(`("${d}${o} ${o}${r}")`);
    expect(gramQuery('怡君')).toBe(`("${yi}${jun}")`);
  });

  it('asks for one character as the beginning of a token', () => {
    expect(gramQuery('怡')).toBe(`("${yi}" *)`);
  });

  it('wants every word, in one of the forms of the text', () => {
    expect(gramQuery('do ro')).toBe(`("${d}${o}" AND "${r}${o}")`);
    expect(gramQuery('đo')?.split(' OR ')).toHaveLength(2);
  });

  it('has no question for a text without letters and digits', () => {
    for (const text of ['', '  ', '"*"', '🙂', '-', "'"]) expect(gramQuery(text)).toBeNull();
  });

  it('lets nothing of FTS5 query language through', () => {
    expect(gramQuery('a" OR b* NEAR(c) ^d -e {f}')).toMatch(/^\((?:"[0-9a-f ]+"(?: \*)?(?: AND )?)+\)$/);
  });
});
