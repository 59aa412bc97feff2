import { describe, expect, it } from '@jest/globals';
import { linkedText } from './linked-text';

describe('addresses in a mail', () => {
  it('can be pressed, the words around them stay', () => {
    expect(linkedText('Press https://help.example/?invitation=a_b-c&lang=en.\nGoodbye')).toEqual([
      { words: 'Press ' },
      { link: 'https://help.example/?invitation=a_b-c&lang=en' },
      { words: '.\nGoodbye' },
    ]);
  });

  it('end before Chinese punctuation', () => {
    expect(linkedText('請開啟 https://help.example/?a=1，謝謝。')[1]).toEqual({ link: 'https://help.example/?a=1' });
  });

  it('are none in a text without, and never a script', () => {
    expect(linkedText('javascript:alert(1) ftp://x')).toEqual([{ words: 'javascript:alert(1) ftp://x' }]);
    expect(linkedText('')).toEqual([]);
  });
});
