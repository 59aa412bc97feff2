import { expect, it } from '@jest/globals';
import type { KnownDevice } from './known-browsers';
import { permissionHelpFor } from './permission-help';

const on = (
  browser: KnownDevice['browser'],
  system: KnownDevice['system'],
  form: KnownDevice['form'] = 'desktop',
): KnownDevice => ({ browser, system, form });

it('shows the steps of the browser that refused', () => {
  const by = (device: ReturnType<typeof on>): string => permissionHelpFor(device, 'microphone', 'browser').browser;
  expect(by(on('Chrome', 'Windows'))).toBe('chrome-desktop');
  expect(by(on('Edge', 'Windows'))).toBe('edge');
  expect(by(on('Firefox', 'Linux'))).toBe('firefox');
  expect(by(on('Safari', 'macOS'))).toBe('safari-mac');
  expect(by(on('Chrome', 'Android', 'phone'))).toBe('chrome-android');
  expect(by(on('Chrome', 'iOS', 'phone'))).toBe('safari-ios');
  expect(by(on('Other', 'Other'))).toBe('other');
});

it("shows the system's steps only where the system refused", () => {
  expect(permissionHelpFor(on('Chrome', 'macOS'), 'screen', 'system').system).toBe('macos-screen-recording');
  expect(permissionHelpFor(on('Chrome', 'macOS'), 'microphone', 'system').system).toBe('macos-microphone');
  expect(permissionHelpFor(on('Edge', 'Windows'), 'microphone', 'system').system).toBe('windows-microphone');
  expect(permissionHelpFor(on('Edge', 'Windows'), 'screen', 'system').system).toBe('none');
  expect(permissionHelpFor(on('Chrome', 'macOS'), 'screen', 'browser').system).toBe('none');
});
