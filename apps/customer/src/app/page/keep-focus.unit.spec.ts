import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { expect, test } from '@jest/globals';
import { KeepFocus } from './keep-focus';

@Component({
  selector: 'ds-host',
  hostDirectives: [KeepFocus],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h1 tabindex="-1">Marko is helping you</h1>
    @if (asked()) {
      <button type="button">Not now</button>
    }
    <input />
  `,
})
class Host {
  readonly asked = signal(true);
}

test('the heading has the focus of a button that went away, and takes it from nobody', async () => {
  const fixture = TestBed.createComponent(Host);
  const element = fixture.nativeElement as HTMLElement;
  document.body.append(element);
  fixture.detectChanges();
  element.querySelector('button')?.focus();
  fixture.componentInstance.asked.set(false);
  await fixture.whenStable();
  await Promise.resolve();
  expect(document.activeElement).toBe(element.querySelector('h1'));
  element.querySelector('input')?.focus();
  fixture.componentInstance.asked.set(true);
  await fixture.whenStable();
  expect(document.activeElement).toBe(element.querySelector('input'));
});
