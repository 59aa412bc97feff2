import { Directive, ElementRef, inject, input, model } from '@angular/core';

const stepPx = 24;

/** The line above the drawer, moved by pointer or by arrow keys (ARIA's window splitter). `height` is the drawer's. */
@Directive({
  selector: '[dsDrawerHandle]',
  host: {
    role: 'separator',
    tabindex: '0',
    'aria-orientation': 'horizontal',
    '[attr.aria-valuenow]': 'height()',
    '[attr.aria-valuemin]': 'least()',
    '[attr.aria-valuemax]': 'most()',
    '(keydown)': 'moveByKey($event)',
    '(pointerdown)': 'grasp($event)',
    '(pointermove)': 'drag($event)',
  },
})
export class DrawerHandle {
  readonly height = model.required<number>({ alias: 'dsDrawerHandle' });
  readonly least = input(96);
  readonly most = input(520);

  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  #grasped = { y: 0, height: 0 };

  protected moveByKey(event: KeyboardEvent): void {
    const step = { ArrowUp: stepPx, ArrowDown: -stepPx }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.#set(this.height() + step);
  }

  protected grasp(event: PointerEvent): void {
    this.#element.setPointerCapture(event.pointerId);
    this.#grasped = { y: event.clientY, height: this.height() };
  }

  protected drag(event: PointerEvent): void {
    if (!this.#element.hasPointerCapture(event.pointerId)) return;
    this.#set(this.#grasped.height + this.#grasped.y - event.clientY);
  }

  #set(height: number): void {
    this.height.set(Math.round(Math.min(this.most(), Math.max(this.least(), height))));
  }
}
