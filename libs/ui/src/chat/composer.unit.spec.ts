import type { ComponentFixture } from '@angular/core/testing';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { Localization } from '../localization/localization';
import { provideLocalization } from '../localization/provide-localization';
import { CurrentWriteRefusal } from '../write-refusal/current-write-refusal';
import { Composer } from './composer';

type Sent = { to: string; text: string };
let fixture: ComponentFixture<Composer>;
let sent: Sent[];

async function composerIn(sessionId: string, recipients: readonly string[] = []): Promise<ComponentFixture<Composer>> {
  const made = TestBed.createComponent(Composer);
  made.componentRef.setInput('sessionId', sessionId);
  made.componentRef.setInput('me', 'ana');
  made.componentRef.setInput('label', 'Write to Marko');
  const named = recipients.map((id) => ({ id, name: `Name of ${id}` }));
  made.componentRef.setInput('recipients', named);
  made.componentInstance.send.subscribe((line) => sent.push(line));
  await made.whenStable();
  return made;
}

const field = (of = fixture): HTMLTextAreaElement => of.nativeElement.querySelector('textarea') as HTMLTextAreaElement;
const shown = (): string => (fixture.nativeElement as HTMLElement).textContent ?? '';

async function type(text: string, options: { isComposing?: boolean } = {}): Promise<void> {
  field().value = text;
  field().dispatchEvent(new InputEvent('input', { bubbles: true, ...options }));
  await fixture.whenStable();
}

async function press(init: KeyboardEventInit = {}): Promise<KeyboardEvent> {
  const event = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...init });
  field().dispatchEvent(event);
  await fixture.whenStable();
  return event;
}

beforeEach(async () => {
  localStorage.clear();
  sent = [];
  TestBed.configureTestingModule({ providers: [provideLocalization()] });
  await TestBed.inject(Localization).start();
  fixture = await composerIn('session');
});

describe('while nothing can be written', () => {
  test('what was typed stays, and can be sent as soon as it is possible again', async () => {
    const writeRefusal = TestBed.inject(CurrentWriteRefusal);
    writeRefusal.follow(async () => 'LOG_READ_ONLY');
    await type('hello');
    await press();
    (fixture.nativeElement as HTMLElement).querySelector<HTMLElement>('[type=submit]')?.click();
    expect([sent, field().value]).toEqual([[], 'hello']);
    expect(shown()).toContain('the site’s log is damaged');
    writeRefusal.follow(async () => null);
    await fixture.whenStable();
    await press();
    expect(sent).toEqual([{ to: 'all', text: 'hello' }]);
    expect(shown()).not.toContain('damaged');
  });
});

describe('Enter', () => {
  test('sends what was typed and empties the field', async () => {
    await type('hello\n');
    await press();
    expect(sent).toEqual([{ to: 'all', text: 'hello' }]);
    expect(field().value).toBe('');
  });

  test.each([
    ['inside a composition', { isComposing: true }],
    ['that ends a composition in Safari', { keyCode: 229 }],
    ['with Shift', { shiftKey: true }],
    ['with Control', { ctrlKey: true }],
  ])('%s sends nothing', async (_, init) => {
    await type('你好');
    expect((await press(init)).defaultPrevented).toBe(false);
    expect(sent).toEqual([]);
  });

  test('on spaces alone does nothing and loses nothing', async () => {
    await type('   ');
    await press();
    expect([sent, field().value, shown().includes('nothing')]).toEqual([[], '   ', false]);
  });

  test('on a text that is too long keeps it and says why', async () => {
    await type('x'.repeat(4100));
    await press();
    expect(sent).toEqual([]);
    expect(field().value).toHaveLength(4100);
    expect(shown()).toContain('The message has 4,100 characters; at most 4,000 can be sent.');
    expect(shown()).toContain('100 characters too many');
  });
});

describe('a draft', () => {
  test('stays with its session', async () => {
    await type('half a thought');
    expect(field(await composerIn('another')).value).toBe('');
    expect(field(await composerIn('session')).value).toBe('half a thought');
  });

  test('is gone when it was sent', async () => {
    await type('hello');
    await press();
    expect(field(await composerIn('session')).value).toBe('');
    expect(localStorage).toHaveLength(0);
  });

  test('is not made of half-composed characters', async () => {
    await type('ni', { isComposing: true });
    expect(field(await composerIn('session')).value).toBe('');
  });
});

describe('a recipient', () => {
  test('is asked for only where there is a choice', async () => {
    expect(fixture.nativeElement.querySelector('select')).toBeNull();
    const three = await composerIn('session', ['marko', 'bo']);
    expect(three.nativeElement.querySelectorAll('option')).toHaveLength(3);
  });

  test('who has gone gets nothing, and nobody else gets it instead', async () => {
    fixture.componentInstance.restore({ to: 'bo', text: 'for Bo only' }, { kind: 'broken' });
    await fixture.whenStable();
    await press();
    expect(sent).toEqual([]);
    expect(shown()).toContain('no longer in the session');
    expect(field().value).toBe('for Bo only');
  });
});
