import { DOCUMENT, Directive, ElementRef, afterNextRender, inject } from '@angular/core';

/** The heading of a screen takes the focus that the screen before left behind, so that it is read out and not lost. */
@Directive({ selector: '[dsScreenHeading]', host: { tabindex: '-1' } })
export class ScreenHeading {
  constructor() {
    const { activeElement, body } = inject(DOCUMENT);
    const heading = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    const nobodyHasIt = activeElement === null || activeElement === body || !activeElement.isConnected;
    if (nobodyHasIt) afterNextRender(() => heading.focus({ preventScroll: true }));
  }
}
