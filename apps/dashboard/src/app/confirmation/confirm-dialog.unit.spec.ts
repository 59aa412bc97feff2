import { TestBed } from '@angular/core/testing';
import { MATERIAL_ANIMATIONS } from '@angular/material/core';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { CurrentWriteRefusal, Localization, provideLocalization } from '@deskside/ui';
import { Confirmation } from './confirm-dialog';

let isGiven: Promise<boolean>;
const press = (text: string): void =>
  void button(text).dispatchEvent(new MouseEvent('click', { detail: 1, bubbles: true }));
const button = (text: string): HTMLButtonElement =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === text) as HTMLButtonElement;

beforeEach(async () => {
  TestBed.configureTestingModule({
    providers: [provideLocalization(), { provide: MATERIAL_ANIMATIONS, useValue: { animationsDisabled: true } }],
  });
  await TestBed.inject(Localization).start();
  const question = { title: 'End?', what: 'It ends for everybody.', confirm: 'End', stay: 'Stay' };
  isGiven = TestBed.inject(Confirmation).isGiven(question);
  await rendered();
});

async function rendered(): Promise<void> {
  await Promise.resolve();
  TestBed.tick();
}

describe('a question before something that others feel', () => {
  it('is answered by its button', async () => {
    press('End');
    expect(await isGiven).toBe(true);
  });

  it('takes no yes once nothing can be written, says why, and can be put away', async () => {
    TestBed.inject(CurrentWriteRefusal).follow(async () => 'LOG_READ_ONLY');
    await rendered();
    press('End');
    expect(button('End').title).toContain('the site’s log is damaged');
    press('Stay');
    expect(await isGiven).toBe(false);
  });
});
