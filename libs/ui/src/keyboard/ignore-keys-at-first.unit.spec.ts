import { ChangeDetectionStrategy, Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { IgnoreKeysAtFirst, settlingMs } from './ignore-keys-at-first';

@Component({
  selector: 'ds-host',
  imports: [IgnoreKeysAtFirst],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<button type="button" dsIgnoreKeysAtFirst (click)="presses = presses + 1">End</button>`,
})
class Host {
  presses = 0;
}

function press(button: HTMLButtonElement, by: 'key' | 'pointer'): void {
  button.dispatchEvent(new MouseEvent('click', { detail: by === 'key' ? 0 : 1, bubbles: true, cancelable: true }));
}

describe('a button that decides something', () => {
  let now = 0;

  beforeEach(() => {
    now = 1000;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    TestBed.resetTestingModule();
  });
  afterEach(() => void jest.restoreAllMocks());

  it('takes no key until it has been there for a while', () => {
    const fixture = TestBed.createComponent(Host);
    const button = (fixture.nativeElement as HTMLElement).querySelector('button') as HTMLButtonElement;
    fixture.detectChanges();
    press(button, 'key');
    now += settlingMs - 1;
    press(button, 'key');
    expect(fixture.componentInstance.presses).toBe(0);
    now += 1;
    press(button, 'key');
    expect(fixture.componentInstance.presses).toBe(1);
  });

  it('takes the pointer at once', () => {
    const fixture = TestBed.createComponent(Host);
    fixture.detectChanges();
    press((fixture.nativeElement as HTMLElement).querySelector('button') as HTMLButtonElement, 'pointer');
    expect(fixture.componentInstance.presses).toBe(1);
  });
});
