import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { helpKey } from './help-key';

const texts: unknown = JSON.parse(readFileSync(join(process.cwd(), 'apps/customer/src/i18n/en.json'), 'utf8'));
const textAt = (key: string): unknown =>
  key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)?.[part], texts);

const browsers = ['chrome-desktop', 'edge', 'firefox', 'safari-mac', 'chrome-android', 'safari-ios', 'other'] as const;
const systems = ['macos-screen-recording', 'macos-microphone', 'windows-microphone', 'none'] as const;

test.each(browsers.flatMap((browser) => systems.map((system) => [browser, system] as const)))(
  '%s on %s has steps for the microphone and for the screen',
  (browser, system) => {
    for (const what of ['microphone', 'screen'] as const)
      expect(textAt(helpKey(what, { browser, system }))).toEqual(expect.stringMatching(/\n/));
  },
);

test('what the system refused is given back in the system', () => {
  expect(helpKey('screen', { browser: 'chrome-desktop', system: 'macos-screen-recording' })).toBe(
    'help.macos-screen-recording',
  );
});
