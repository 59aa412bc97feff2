import { DestroyRef } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MatDialog } from '@angular/material/dialog';
import { MatSnackBar } from '@angular/material/snack-bar';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CurrentWriteRefusal, Localization, provideLocalization } from '@deskside/ui';
import { Commands } from './commands';
import { Shortcuts } from './shortcuts';

const run = jest.fn();
const openDialogs: unknown[] = [];
const said = jest.fn();
const texts = async () => ({ default: { app: { close: 'Close' } } });

function press(init: KeyboardEventInit & { on?: HTMLElement }): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
  (init.on ?? document.body).dispatchEvent(event);
  return event;
}

describe('the keys of the dashboard', () => {
  let shortcuts: Shortcuts;
  const field = document.createElement('input');

  beforeEach(async () => {
    run.mockClear();
    said.mockClear();
    openDialogs.length = 0;
    localStorage.clear();
    document.body.append(field);
    TestBed.resetTestingModule().configureTestingModule({
      providers: [
        provideLocalization({ en: texts, 'sr-Latn': texts, 'sr-Cyrl': texts, 'zh-Hant-TW': texts }),
        { provide: MatDialog, useValue: { openDialogs } },
        { provide: MatSnackBar, useValue: { open: said } },
      ],
    });
    await TestBed.inject(Localization).start();
    const until = TestBed.inject(DestroyRef);
    TestBed.inject(Commands).offer(
      () => [
        { id: 'new', title: 'New', combo: 'n', run: () => run('n') },
        { id: 'first', title: 'A', combo: 'alt+1', run: () => run('alt+1') },
        { id: 'end', title: 'End', combo: 'e', writes: true, run: () => run('e') },
        { id: 'next', title: 'Next', combo: 'ArrowDown', repeats: true, run: () => run('ArrowDown') },
      ],
      until,
    );
    shortcuts = TestBed.inject(Shortcuts);
    shortcuts.listen(until);
  });
  afterEach(() => void TestBed.resetTestingModule());

  it('run their command and keep the browser from its own', () => {
    expect(press({ key: 'n', code: 'KeyN' }).defaultPrevented).toBe(true);
    expect(run.mock.calls).toEqual([['n']]);
  });

  it('leave letters and arrows to a text field, but not those with Alt', () => {
    press({ key: 'n', code: 'KeyN', on: field });
    press({ key: 'ArrowDown', on: field });
    press({ key: '1', code: 'Digit1', altKey: true, on: field });
    expect(run.mock.calls).toEqual([['alt+1']]);
  });

  it('can be switched off where they are single letters', () => {
    shortcuts.switchLetters(false);
    press({ key: 'n', code: 'KeyN' });
    press({ key: 'ArrowDown' });
    expect(run.mock.calls).toEqual([['ArrowDown']]);
  });

  it('say why while nothing can be written, and do what writes nothing', async () => {
    TestBed.inject(CurrentWriteRefusal).follow(async () => 'LOG_DISK_FULL');
    await Promise.resolve();
    press({ key: 'e', code: 'KeyE' });
    press({ key: 'n', code: 'KeyN' });
    expect(run.mock.calls).toEqual([['n']]);
    expect(said.mock.calls).toEqual([[expect.stringContaining('disk is full'), expect.anything()]]);
  });

  it('sleep while a dialog is open', () => {
    openDialogs.push({});
    press({ key: 'n', code: 'KeyN' });
    expect(run).not.toHaveBeenCalled();
  });

  it('act once however long they are held, except those that go on', () => {
    press({ key: 'n', code: 'KeyN', repeat: true });
    press({ key: 'ArrowDown', repeat: true });
    expect(run.mock.calls).toEqual([['ArrowDown']]);
  });

  it('are left alone when somebody nearer has used them', () => {
    field.addEventListener('keydown', (event) => event.preventDefault(), { once: true });
    press({ key: '1', code: 'Digit1', altKey: true, on: field });
    expect(run).not.toHaveBeenCalled();
  });

  it('leave what nobody offers to the browser', () => {
    expect(press({ key: 'x', code: 'KeyX' }).defaultPrevented).toBe(false);
  });
});
