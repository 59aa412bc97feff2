import { expect, it } from '@jest/globals';
import type { SelfDescription } from './known-browsers';
import { knownDevice } from './known-browsers';

const webKit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0';
const agents: [string, Partial<SelfDescription>, [browser: string, system: string, form: string]][] = [
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36`, {}, ['Chrome', 'Windows', 'desktop']],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36 Edg/150.0.0.0`,
    {},
    ['Edge', 'Windows', 'desktop'],
  ],
  [
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${chrome} Safari/537.36 OPR/120.0`,
    {},
    ['Opera', 'macOS', 'desktop'],
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0', {}, ['Firefox', 'Linux', 'desktop']],
  [
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webKit} Version/26.0 Safari/605.1.15`,
    {},
    ['Safari', 'macOS', 'desktop'],
  ],
  [
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webKit} Version/26.0 Safari/605.1.15`,
    { touchPoints: 5 },
    ['Safari', 'iOS', 'tablet'],
  ],
  [
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${webKit} Version/26.0 Mobile/15E148 Safari/604.1`,
    { touchPoints: 5 },
    ['Safari', 'iOS', 'phone'],
  ],
  [
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${webKit} CriOS/150.0 Mobile/15E148 Safari/604.1`,
    { touchPoints: 5 },
    ['Chrome', 'iOS', 'phone'],
  ],
  [
    `Mozilla/5.0 (Linux; Android 10; K) ${chrome} Mobile Safari/537.36`,
    { touchPoints: 5 },
    ['Chrome', 'Android', 'phone'],
  ],
  [`Mozilla/5.0 (Linux; Android 10; K) ${chrome} Safari/537.36`, { touchPoints: 5 }, ['Chrome', 'Android', 'tablet']],
  [
    `Mozilla/5.0 (Linux; Android 13; SM-X906C) ${chrome.replace('Chrome', 'SamsungBrowser/28.0 Chrome')} Mobile Safari/537.36`,
    { touchPoints: 5 },
    ['Samsung Internet', 'Android', 'phone'],
  ],
  [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${chrome} Safari/537.36`, {}, ['Chrome', 'ChromeOS', 'desktop']],
  ['curl/8', {}, ['Other', 'Other', 'desktop']],
];

it.each(agents)('reads %s %o', (userAgent, rest, [browser, system, form]) => {
  expect(knownDevice({ userAgent, touchPoints: 0, ...rest })).toEqual({ browser, system, form });
});

it('believes client hints before the frozen user agent', () => {
  const userAgent = `Mozilla/5.0 (X11; Linux x86_64) ${chrome} Safari/537.36`;
  const hints = { brands: ['Not)A;Brand', 'Chromium', 'Microsoft Edge'], platform: 'Windows', mobile: false };
  expect(knownDevice({ userAgent, hints, touchPoints: 10 })).toEqual({
    browser: 'Edge',
    system: 'Windows',
    form: 'desktop',
  });
});

it('sees a phone that asks for desktop sites', () => {
  const userAgent = `Mozilla/5.0 (X11; Linux x86_64) ${chrome} Safari/537.36`;
  const hints = { brands: ['Chromium', 'Google Chrome'], platform: 'Android', mobile: true };
  expect(knownDevice({ userAgent, hints, touchPoints: 5 })).toEqual({
    browser: 'Chrome',
    system: 'Android',
    form: 'phone',
  });
});
