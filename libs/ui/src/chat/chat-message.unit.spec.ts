import type { ComponentFixture } from '@angular/core/testing';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Localization } from '../localization/localization';
import { provideLocalization } from '../localization/provide-localization';
import type { LineEntry } from './chat-entries';
import { ChatMessage } from './chat-message';
import type { LineWait } from './outbox';

let fixture: ComponentFixture<ChatMessage>;
const edit = jest.fn();
const discard = jest.fn();
const buttons = (): HTMLButtonElement[] => [...fixture.nativeElement.querySelectorAll('button')];
const shown = (): string => fixture.nativeElement.textContent.replace(/\s+/g, ' ').trim();

function show(waits: LineWait | null): void {
  const line = { commandId: 'c', to: 'all', text: 'hello', refused: null, waits };
  const entry: LineEntry = {
    ...{ kind: 'line', key: 'c', text: 'hello', author: 'Ana', mine: true, begins: false },
    ...{ authorId: 'ana', privateWith: null, at: null, revision: null, unsent: line },
  };
  fixture.componentRef.setInput('entry', entry);
  fixture.detectChanges();
}

beforeEach(async () => {
  TestBed.configureTestingModule({ providers: [provideLocalization()] });
  await TestBed.inject(Localization).start();
  jest.useFakeTimers();
  for (const mock of [edit, discard]) mock.mockReset();
  fixture = TestBed.createComponent(ChatMessage);
  fixture.componentInstance.edit.subscribe(edit);
  fixture.componentInstance.discard.subscribe(discard);
});
afterEach(() => void jest.useRealTimers());

describe('a line that waits', () => {
  test('counts down to when it is sent', async () => {
    show({ until: Date.now() + 20_000, isTooFast: true });
    expect(shown()).toContain('That was faster than this site allows. It will be sent in 20 seconds.');
    await jest.advanceTimersByTimeAsync(19_000);
    fixture.detectChanges();
    expect(shown()).toContain('It will be sent in 1 second.');
  });

  test('says where the server cannot take it', () => {
    show({ until: Date.now() + 5_000, isTooFast: false });
    expect(shown()).toContain('This could not be saved yet. Next try in 5 seconds.');
  });

  test('says that it stands behind another', () => {
    show({ until: null, isTooFast: true });
    expect(shown()).toContain('Waits for the message before it.');
  });

  test('can be edited or discarded meanwhile', () => {
    show({ until: null, isTooFast: true });
    expect(buttons().map((button) => button.textContent?.trim())).toEqual(['Edit again', 'Discard']);
    for (const button of buttons()) button.click();
    expect([edit.mock.calls.length, discard.mock.calls.length]).toEqual([1, 1]);
  });

  test('is no longer in the person’s hand once it is on its way', () => {
    show(null);
    expect([shown(), buttons()]).toEqual([expect.stringContaining('Sending'), []]);
  });
});
