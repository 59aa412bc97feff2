import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { choiceFailures, deviceForms, grantEndings } from '@deskside/domain';
import type { Participant, PermissionRequest } from '@deskside/domain';
import { requestWords } from './request-words';
import type { ScreenOutcome, ScreenRequest } from './screen-request';

const at = '2026-11-20T12:00:00.000Z';
const customer = { id: 'ana', presence: 'present' } as Participant;
const request = { id: 'r' } as PermissionRequest;
const telling = {
  clock: () => '12:00',
  nameOf: (id: string | null) => ({ personal: id ?? 'somebody' }),
  left: '1:43',
};
const words = (state: ScreenRequest, left: string | null = '1:43'): ReturnType<typeof requestWords> =>
  requestWords(state, { ...telling, left });
const over = (how: ScreenOutcome['how']): ScreenRequest => ({
  kind: 'idle',
  customer,
  outcome: { how, at, by: 'ana' },
});
const device = (form: (typeof deviceForms)[number]): ScreenRequest => ({
  kind: 'notPossible',
  customer,
  device: { browser: 'Safari', system: 'iOS', form, canShareScreen: false, microphones: 1, cameras: 1 },
});
const outcomes = ['denied', 'withdrawn', 'timedOut', 'revoked', ...grantEndings] as const;
const states: readonly ScreenRequest[] = [
  { kind: 'notPossible', customer: null, device: null },
  ...deviceForms.map(device),
  ...outcomes.map(over),
  { kind: 'sent', customer, request },
  { kind: 'sent', customer: { ...customer, presence: 'away' }, request },
  { kind: 'shown', customer, request, expiresAt: at, failure: null },
  ...choiceFailures.map((failure) => ({ kind: 'shown', customer, request, expiresAt: at, failure }) as const),
  { kind: 'choosing', customer, request },
];

describe('the words beside the button', () => {
  it('are none where the stage says it, and where nothing was asked yet', () => {
    expect(words({ kind: 'idle', customer, outcome: null })).toBeNull();
  });

  it('say the time that is left, and to a screen reader not each second', () => {
    const shown: ScreenRequest = { kind: 'shown', customer, request, expiresAt: at, failure: null };
    expect(words(shown)?.values).toEqual({ name: { personal: 'ana' }, time: '1:43' });
    expect(words(shown, null)).toEqual({ key: 'console.view.shownPlain', values: { name: { personal: 'ana' } } });
  });

  it.each(['en', 'sr-Latn', 'zh-Hant-TW'])('stand in %s for every state, with all their places filled', (locale) => {
    const file = new URL(`../../../i18n/${locale}.json`, import.meta.url);
    const texts: unknown = JSON.parse(readFileSync(file, 'utf8'));
    for (const state of states) {
      const { key, values } = words(state) ?? { key: 'nothing', values: {} };
      const text = key.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown>)?.[name], texts);
      expect([key, typeof text]).toEqual([key, 'string']);
      const places = [...String(text).matchAll(/\{(\w+)\}/g)].map(([, place]) => String(place));
      expect([key, places.filter((place) => !(place in values))]).toEqual([key, []]);
    }
  });
});
