import { expect, it } from '@jest/globals';
import { signallingUrl } from './signalling-url';

it('reaches the media server under the origin of the page, encrypted when the page is', () => {
  expect(signallingUrl('https://support.example.com')).toBe('wss://support.example.com/media');
  expect(signallingUrl('http://localhost:4400')).toBe('ws://localhost:4400/media');
});
