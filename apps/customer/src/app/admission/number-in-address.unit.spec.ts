import { expect, test } from '@jest/globals';
import { numberInAddress } from './number-in-address';

test.each([
  ['#482913057', '482913057'],
  ['#482%20913%20057', '482913057'],
  ['#482-913-057', '482913057'],
  ['#４８２９１３０５７', '482913057'],
  ['#content', null],
  ['#48291305', null],
  ['#%E0%A4%A', null],
  ['', null],
])('%s in the address is %s', (hash, number) => expect(numberInAddress(hash)).toBe(number));
