import { describe, expect, it } from '@jest/globals';
import { ownPage } from './guards';

describe('the page after the sign-in', () => {
  it('is the one that was asked for', () => {
    expect(ownPage('/audit/sessions/abc@3')).toBe('/audit/sessions/abc@3');
  });

  it('is never somebody else’s', () => {
    for (const next of [undefined, '', 'https://example.com', '//example.com', '/\\example.com', ['/a']])
      expect(ownPage(next)).toBe('/');
  });
});
