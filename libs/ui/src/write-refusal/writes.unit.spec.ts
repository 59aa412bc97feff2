import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import type { ComponentFixture } from '@angular/core/testing';
import { TestBed } from '@angular/core/testing';
import { MatButtonModule } from '@angular/material/button';
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { WriteRefusal } from '@deskside/domain';
import { Localization } from '../localization/localization';
import { provideLocalization } from '../localization/provide-localization';
import { WriteRefusalLine } from './write-refusal-line';
import { Writes } from './writes';
import { CurrentWriteRefusal } from './current-write-refusal';

const done = jest.fn();

@Component({
  selector: 'ds-test-form',
  imports: [MatButtonModule, WriteRefusalLine, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form (submit)="$event.preventDefault(); save()">
      <input />
      <button matButton type="submit" dsWrites title="Saves it" [disabled]="busy()" disabledInteractive>Save</button>
      <button type="button" id="stop" (click)="save()">Stop</button>
    </form>
    <ds-write-refusal />
  `,
})
class TestForm {
  readonly busy = signal(false);
  protected readonly save = done;
}

let fixture: ComponentFixture<TestForm>;
let writeRefusal: CurrentWriteRefusal;
const page = (): HTMLElement => fixture.nativeElement as HTMLElement;
const button = (): HTMLButtonElement => page().querySelector('[type=submit]') as HTMLButtonElement;
const line = (): string => page().querySelector('[role=status]')?.textContent?.trim() ?? '';

async function server(says: WriteRefusal | null): Promise<void> {
  const asked = Promise.resolve(says);
  writeRefusal.follow(() => asked);
  await asked;
  expect(writeRefusal.code()).toBe(says);
  await fixture.whenStable();
}

beforeEach(async () => {
  done.mockClear();
  TestBed.configureTestingModule({ providers: [provideLocalization()] });
  await TestBed.inject(Localization).start();
  writeRefusal = TestBed.inject(CurrentWriteRefusal);
  fixture = TestBed.createComponent(TestForm);
  await fixture.whenStable();
});

describe('a button that writes', () => {
  test('is as any other while everything can be written', async () => {
    await server(null);
    button().click();
    expect(done).toHaveBeenCalledTimes(1);
    expect([button().getAttribute('aria-disabled'), button().title, line()]).toEqual([null, 'Saves it', '']);
  });

  test('does nothing while nothing can be, says why, and keeps the focus', async () => {
    button().focus();
    await server('LOG_READ_ONLY');
    button().click();
    expect(done).not.toHaveBeenCalled();
    const why = 'Nothing can be changed at the moment: the site’s log is damaged.';
    expect([button().title, button().getAttribute('aria-description'), line()]).toEqual([why, why, why]);
    expect([button().getAttribute('aria-disabled'), document.activeElement === button()]).toEqual(['true', true]);
    (page().querySelector('#stop') as HTMLElement).click();
    expect(done).toHaveBeenCalledTimes(1);
  });

  async function busy(is: boolean): Promise<void> {
    fixture.componentInstance.busy.set(is);
    await fixture.whenStable();
  }

  test('comes back by itself as it was, whatever else disabled it meanwhile', async () => {
    await server('LOG_DISK_FULL');
    await busy(true);
    await busy(false);
    expect(button().getAttribute('aria-disabled')).toBe('true');
    await server(null);
    expect([button().getAttribute('aria-disabled'), button().title, line()]).toEqual([null, 'Saves it', '']);
    button().click();
    expect(done).toHaveBeenCalledTimes(1);
  });

  test('comes back disabled where something else disabled it meanwhile, and not where that is over', async () => {
    await server('LOG_DISK_FULL');
    await busy(true);
    await server(null);
    expect([button().getAttribute('aria-disabled'), button().title]).toEqual(['true', 'Saves it']);
    await server('LOG_DISK_FULL');
    await busy(false);
    await server(null);
    expect(button().getAttribute('aria-disabled')).toBe(null);
  });

  test('says why from its first moment where nothing can be written then', async () => {
    await server('LOG_DISK_FULL');
    fixture = TestBed.createComponent(TestForm);
    await busy(true);
    expect(button().title).toContain('disk is full');
    await server(null);
    expect([button().getAttribute('aria-disabled'), button().title]).toEqual(['true', 'Saves it']);
  });
});
