import { describe, expect, it } from '@jest/globals';
import { noMediaRights, sameMediaRights } from './media-rights';
import type { MediaRights } from './media-rights';

const both: MediaRights = { subscribe: true, publish: ['microphone', 'camera'], data: false };

describe('media rights are the same', () => {
  it('whatever the order of what may be sent', () => {
    expect(sameMediaRights(both, { ...both, publish: ['camera', 'microphone'] })).toBe(true);
  });

  it('only when each part is', () => {
    expect(sameMediaRights(both, { ...both, publish: ['camera'] })).toBe(false);
    expect(sameMediaRights(both, { ...both, publish: ['camera', 'microphone', 'screenShare'] })).toBe(false);
    expect(sameMediaRights(both, { ...both, data: true })).toBe(false);
    expect(sameMediaRights(both, { ...both, subscribe: false })).toBe(false);
    expect(sameMediaRights(both, noMediaRights)).toBe(false);
  });
});
