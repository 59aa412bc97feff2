import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Localization } from './localization';
import { provideLocalization } from './provide-localization';
import { injectTexts } from './texts';

function browserLikes(...languages: string[]): void {
  jest.spyOn(navigator, 'languages', 'get').mockReturnValue(languages);
}

async function started(): Promise<{ localization: Localization; t: ReturnType<typeof injectTexts> }> {
  TestBed.configureTestingModule({ providers: [provideLocalization()] });
  const localization = TestBed.inject(Localization);
  await localization.start();
  return { localization, t: TestBed.runInInjectionContext(injectTexts) };
}

beforeEach(() => {
  localStorage.clear();
  jest.restoreAllMocks();
});

describe('the language', () => {
  test('is the browser’s at first, on the page as well', async () => {
    browserLikes('sr-RS', 'en');
    const { localization, t } = await started();
    expect(localization.locale()).toBe('sr-Latn');
    expect(document.documentElement.lang).toBe('sr-Latn');
    expect(t('chat.send')).toBe('Pošalji');
    expect(t('chat.newLines', { count: 22 })).toBe('22 nove poruke');
  });

  test('changes at once and is remembered', async () => {
    browserLikes('en-GB');
    const { localization, t } = await started();
    await localization.use('sr-Cyrl');
    expect(t('chat.send')).toBe('Пошаљи');
    expect(document.documentElement.lang).toBe('sr-Cyrl');
    TestBed.resetTestingModule();
    expect((await started()).localization.locale()).toBe('sr-Cyrl');
  });

  test('is offered to readers of simplified Chinese, once', async () => {
    browserLikes('zh-CN');
    const { localization } = await started();
    expect([localization.locale(), localization.offered()]).toEqual(['en', 'zh-Hant-TW']);
    localization.declineOffer();
    TestBed.resetTestingModule();
    expect((await started()).localization.offered()).toBeNull();
  });

  test('is the site’s for people whose browser names none of ours, and only for them', async () => {
    browserLikes('de-DE');
    const { localization } = await started();
    await localization.useSiteDefault('zh-Hant-TW');
    expect(localization.locale()).toBe('zh-Hant-TW');
    await localization.use('en');
    await localization.useSiteDefault('sr-Latn');
    expect(localization.locale()).toBe('en');
  });

  test('is that of the last invitation, also after a reload, unless the person chose one', async () => {
    browserLikes('en-GB');
    const { localization } = await started();
    await localization.useUnlessChosen('zz');
    await localization.useUnlessChosen('sr-Latn');
    await localization.useUnlessChosen('zh-Hant-TW');
    TestBed.resetTestingModule();
    const { localization: afterReload } = await started();
    expect(afterReload.locale()).toBe('zh-Hant-TW');
    await afterReload.use('en');
    await afterReload.useUnlessChosen('sr-Latn');
    expect(afterReload.locale()).toBe('en');
  });
});
