import type { ComponentFixture } from '@angular/core/testing';
import { TestBed } from '@angular/core/testing';
import { MatSnackBar } from '@angular/material/snack-bar';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CurrentWriteRefusal, Localization, provideLocalization } from '@deskside/ui';
import { StaffRequests } from '../../sign-in/staff-requests';
import { NotesDrawer } from './notes-drawer';

const texts = () => import('../../../i18n/en.json', { with: { type: 'json' } });
const send = jest.fn(async () => ({ ok: true, data: {} }));
const said = jest.fn();
const session = {
  id: 's',
  session: () => ({ status: 'open', notes: {} }),
  me: () => ({ id: 'me', personId: 'account' }),
  participants: () => [],
};
let fixture: ComponentFixture<NotesDrawer>;
const field = (): HTMLTextAreaElement =>
  (fixture.nativeElement as HTMLElement).querySelector('textarea') as HTMLTextAreaElement;

beforeEach(async () => {
  localStorage.clear();
  send.mockClear();
  said.mockClear();
  TestBed.configureTestingModule({
    providers: [
      provideLocalization({ en: texts, 'sr-Latn': texts, 'sr-Cyrl': texts, 'zh-Hant-TW': texts }),
      { provide: StaffRequests, useValue: { send } },
      { provide: MatSnackBar, useValue: { open: said } },
    ],
  });
  await TestBed.inject(Localization).start();
  fixture = TestBed.createComponent(NotesDrawer);
  fixture.componentRef.setInput('session', session);
  fixture.componentRef.setInput('me', 'me');
  await fixture.whenStable();
  field().value = 'The printer is back.';
  field().dispatchEvent(new InputEvent('input', { bubbles: true }));
  await fixture.whenStable();
});

async function press(init: KeyboardEventInit): Promise<KeyboardEvent> {
  const event = new KeyboardEvent('keydown', { ctrlKey: true, bubbles: true, cancelable: true, ...init });
  field().dispatchEvent(event);
  await fixture.whenStable();
  return event;
}

describe('a note', () => {
  it('is saved by key', async () => {
    await press({ key: 's' });
    expect(send).toHaveBeenCalledTimes(1);
    expect([field().value, said.mock.calls]).toEqual(['', []]);
  });

  it.each(['s', 'Enter'])('is not saved by Ctrl+%s while nothing can be written, which says why', async (key) => {
    TestBed.inject(CurrentWriteRefusal).follow(async () => 'LOG_DISK_FULL');
    await fixture.whenStable();
    expect((await press({ key })).defaultPrevented).toBe(true);
    expect(send).not.toHaveBeenCalled();
    const why = 'Nothing can be changed at the moment: the server’s disk is full.';
    expect(said.mock.calls).toEqual([[why, expect.anything()]]);
    expect(field().value).toBe('The printer is back.');
  });
});
