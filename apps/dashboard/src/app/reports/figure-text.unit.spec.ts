import { describe, expect, it } from '@jest/globals';
import { figureText } from './figure-text';

describe('a figure in words', () => {
  it('is a dash where there is nothing to say, never a nought', () => {
    expect(figureText(null, 'share', 'en')).toBe('–');
    expect(figureText(0, 'count', 'en')).toBe('0');
  });

  it('is written as the reader’s language writes it', () => {
    expect(figureText(1234, 'count', 'sr-Latn-RS')).toBe('1.234');
    expect(figureText(0.8756, 'share', 'en')).toBe('87.6%');
    expect(figureText(0.8756, 'share', 'sr-Latn-RS')).toBe('87,6%');
  });

  it('of a time is hours, minutes and seconds', () => {
    expect(figureText(3723.4, 'duration', 'en')).toBe('1:02:03');
    expect(figureText(41, 'duration', 'zh-Hant-TW')).toBe('0:41');
  });
});
