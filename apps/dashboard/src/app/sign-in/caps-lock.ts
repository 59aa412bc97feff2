import { Directive, signal } from '@angular/core';

/** Knows while a field has the focus whether Caps Lock is on. `<input dsCapsLock #capsLock="dsCapsLock" />` */
@Directive({
  selector: '[dsCapsLock]',
  exportAs: 'dsCapsLock',
  host: {
    '(keydown)': 'look($event)',
    '(keyup)': 'look($event)',
    '(pointerdown)': 'look($event)',
    '(blur)': 'on.set(false)',
  },
})
export class CapsLock {
  readonly on = signal(false);

  protected look(event: Event): void {
    // Browsers fill in passwords with events that have no modifiers.
    if (event instanceof KeyboardEvent || event instanceof MouseEvent) this.on.set(event.getModifierState('CapsLock'));
  }
}
