import { Component, signal } from '@angular/core';
import type { ComponentFixture } from '@angular/core/testing';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CurrentWriteRefusal, Localization, ServerConnection, provideIcons, provideLocalization } from '@deskside/ui';
import { SignedInPerson } from '../sign-in/signed-in-person';
import { SiteFacts } from '../site-settings/site-facts';
import { LogBanner } from './log-banner';

const texts = () => import('../../i18n/en.json', { with: { type: 'json' } });
const damaged = {
  ...{ status: 'damaged', reason: 'It is so.', stream: 'supportSession-s1', revision: '9', what: 'missing' },
  session: { id: 's1', number: '123456789', listing: 'listed' },
};
const ofUnknown = { ...damaged, session: { id: 's1', number: null, listing: 'unknown' } };

@Component({ selector: 'ds-elsewhere', template: '' })
class Elsewhere {}

const site = signal<object>({ log: damaged });
const reload = jest.fn(async () => undefined);
const may = jest.fn<SignedInPerson['may']>();
let fixture: ComponentFixture<LogBanner>;
const said = (): string => (fixture.nativeElement as HTMLElement).textContent ?? '';

beforeEach(async () => {
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
  reload.mockClear();
  may.mockReturnValue(true);
  site.set({ log: damaged });
  TestBed.configureTestingModule({
    providers: [
      provideLocalization({ en: texts, 'sr-Latn': texts, 'sr-Cyrl': texts, 'zh-Hant-TW': texts }),
      provideIcons({}),
      provideRouter([{ path: 'elsewhere', component: Elsewhere }]),
      { provide: SiteFacts, useValue: { site, reload } },
      { provide: SignedInPerson, useValue: { may } },
    ],
  });
  await TestBed.inject(Localization).start();
  fixture = TestBed.createComponent(LogBanner);
  await rendered();
});
afterEach(() => void jest.useRealTimers());

async function rendered(): Promise<void> {
  await jest.advanceTimersByTimeAsync(0);
  TestBed.tick();
}

async function damageIsKnown(): Promise<void> {
  TestBed.inject(CurrentWriteRefusal).follow(async () => 'LOG_READ_ONLY');
  await rendered();
}

describe('the bar of a damaged log', () => {
  it('asks what is so as soon as the damage is known, and not for as long as the page is left alone', async () => {
    expect(reload).not.toHaveBeenCalled();
    await damageIsKnown();
    expect(said()).toContain('Event 9 of session 123\u00a0456\u00a0789 is missing.');
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it('asks again on the way to another page, when the window comes to the front, and when the server is back', async () => {
    await damageIsKnown();
    await TestBed.inject(Router).navigateByUrl('/elsewhere');
    expect(reload).toHaveBeenCalledTimes(2);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(reload).toHaveBeenCalledTimes(3);
    const connection = TestBed.inject(ServerConnection);
    void connection.nextTry();
    await rendered();
    connection.restored();
    await rendered();
    expect(reload).toHaveBeenCalledTimes(4);
  });

  it('asks until it knows the session, and for minutes at most', async () => {
    site.set({ log: ofUnknown });
    await damageIsKnown();
    expect(said()).toContain('Event 9 of a session is missing.');
    await jest.advanceTimersByTimeAsync(10_000);
    expect(reload).toHaveBeenCalledTimes(3);
    site.set({ log: damaged });
    await rendered();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(reload).toHaveBeenCalledTimes(3);
    site.set({ log: ofUnknown });
    await rendered();
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(reload).toHaveBeenCalledTimes(63);
  });

  it('asks nothing for somebody who may not know it', async () => {
    fixture.destroy();
    may.mockReturnValue(false);
    fixture = TestBed.createComponent(LogBanner);
    await damageIsKnown();
    expect(said()).toContain('Tell the administrator.');
    expect(reload).not.toHaveBeenCalled();
  });
});
