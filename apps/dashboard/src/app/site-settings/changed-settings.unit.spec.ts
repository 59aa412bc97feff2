import { describe, expect, it } from '@jest/globals';
import { changedSettings } from './changed-settings';

const now = { name: 'Deskside', privacyNotice: 'We keep the chat.', defaultLocale: 'en' };

describe('changed settings', () => {
  it('are nothing when all is as it was', () => {
    expect(changedSettings(now, { ...now })).toEqual({});
  });

  it('are only what differs, an emptied text too', () => {
    expect(changedSettings(now, { ...now, privacyNotice: '', defaultLocale: 'sr-Latn' })).toEqual({
      privacyNotice: '',
      defaultLocale: 'sr-Latn',
    });
  });
});
