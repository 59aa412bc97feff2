import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import type { ComponentFixture } from '@angular/core/testing';
import { TestBed } from '@angular/core/testing';
import { MatDialog } from '@angular/material/dialog';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Subject } from 'rxjs';
import { KeepFocus } from './keep-focus';

@Component({
  selector: 'ds-host',
  imports: [KeepFocus],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <main dsKeepFocus>
      <h1>Ana</h1>
      @if (asks()) {
        <button type="button" class="admit">Admit</button>
      }
      <button type="button" class="other">Other</button>
    </main>
  `,
})
class Host {
  readonly asks = signal(true);
}

describe('focus', () => {
  let fixture: ComponentFixture<Host>;
  const find = (selector: string): HTMLElement =>
    (fixture.nativeElement as HTMLElement).querySelector(selector) as HTMLElement;
  const takeAway = async (): Promise<void> => {
    fixture.componentInstance.asks.set(false);
    await fixture.whenStable();
    await new Promise((resolve) => setTimeout(resolve));
  };

  beforeEach(async () => {
    TestBed.resetTestingModule().configureTestingModule({
      providers: [{ provide: MatDialog, useValue: { afterAllClosed: new Subject() } }],
    });
    fixture = TestBed.createComponent(Host);
    document.body.append(fixture.nativeElement as HTMLElement);
    await fixture.whenStable();
  });
  afterEach(() => void TestBed.resetTestingModule());

  it('goes to the heading when the focused button goes away', async () => {
    find('.admit').focus();
    await takeAway();
    expect(document.activeElement).toBe(find('h1'));
  });

  it('stays where it is when something else goes away', async () => {
    find('.other').focus();
    await takeAway();
    expect(document.activeElement).toBe(find('.other'));
  });

  it('is not taken when nothing had it', async () => {
    await takeAway();
    expect(document.activeElement).toBe(document.body);
  });
});
