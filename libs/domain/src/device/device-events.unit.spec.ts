import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { describedDeviceSchema, deviceSchema } from './device-events';

const laptop = {
  browser: 'Firefox',
  system: 'Windows',
  form: 'desktop',
  canShareScreen: true,
  microphones: 1,
  cameras: 0,
};

describe('what a page says of its device', () => {
  it('is one of the known names, since it stands in the log in the clear', () => {
    expect(v.is(describedDeviceSchema, laptop)).toBe(true);
    expect(v.is(describedDeviceSchema, { ...laptop, browser: 'Other', system: 'Other' })).toBe(true);
    for (const wrong of ['', 'other', 'Firefox 140', 'Ana Ilic, 0641234567', 'toString', 'firefox'])
      for (const field of ['browser', 'system'])
        expect([wrong, v.is(describedDeviceSchema, { ...laptop, [field]: wrong })]).toEqual([wrong, false]);
  });

  it('is read as it was written in earlier versions, whatever it was', () => {
    expect(v.is(deviceSchema, { ...laptop, browser: 'Chrome 139', system: 'Windows 11' })).toBe(true);
  });
});
