import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { CurrentWriteRefusal, Localization, provideLocalization } from '@deskside/ui';
import { beforeEach, expect, jest, test } from '@jest/globals';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { SiteFacts } from '../site-settings/site-facts';
import type { Site } from '../site-settings/site-facts';
import { LogBanner } from './log-banner';

const texts = () => import('../../i18n/en.json', { with: { type: 'json' } });
const reload = jest.fn(async () => undefined);
const site = signal<Partial<Site>>({});
let permissions: readonly string[];

beforeEach(async () => {
  reload.mockClear();
  permissions = ['audit.read'];
  TestBed.configureTestingModule({
    providers: [
      provideRouter([]),
      provideLocalization({ en: texts, 'sr-Latn': texts, 'sr-Cyrl': texts, 'zh-Hant-TW': texts }),
      { provide: SiteFacts, useValue: { site, reload } },
      { provide: SignedInPerson, useValue: { may: (permission: string) => permissions.includes(permission) } },
    ],
  });
  await TestBed.inject(Localization).start();
});

async function shown(): Promise<{ text: () => string; again: () => Promise<void> }> {
  const writeRefusal = TestBed.inject(CurrentWriteRefusal);
  const fixture = TestBed.createComponent(LogBanner);
  writeRefusal.follow(async () => 'LOG_READ_ONLY');
  const again = async (): Promise<void> => {
    writeRefusal.lookAgain();
    await fixture.whenStable();
  };
  await again();
  return { text: () => (fixture.nativeElement as HTMLElement).textContent ?? '', again };
}

const damaged = (number: string | null): Site['log'] => ({
  ...{ status: 'damaged', reason: 'It is so.', stream: 'supportSession-s1', revision: '9', what: 'missing' },
  session: { id: 's1', number, isListed: number === null ? null : true },
});

test('whoever audits the site is told of the damage as it is known by now', async () => {
  site.set({ log: damaged(null) });
  const { text, again } = await shown();
  expect(text()).toContain('Event 9 of a session is missing.');
  expect(text()).not.toContain('Open the history');
  const before = reload.mock.calls.length;
  site.set({ log: damaged('123456789') });
  await again();
  expect(reload.mock.calls.length).toBeGreaterThan(before);
  expect(text()).toContain('Event 9 of session 123\u00a0456\u00a0789 is missing.');
  expect(text()).toContain('Open the history');
});

test('whoever serves customers is told that nothing can be changed, and asks for no more', async () => {
  permissions = ['session.serve'];
  site.set({ log: damaged('123456789') });
  const { text } = await shown();
  expect(text()).toContain('Tell the administrator.');
  expect(text()).not.toContain('Event 9');
  expect(reload).not.toHaveBeenCalled();
});
