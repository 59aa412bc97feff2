import { DOCUMENT, Directive, ElementRef, afterNextRender, inject } from '@angular/core';

/**
 * A question that appears is read out and reached by the next Tab, and neither of its answers has the focus. Whoever is
 * writing goes on writing: then it only says itself (its words are announced as an alert).
 */
@Directive({ selector: '[dsFocusUnlessTyping]' })
export class FocusUnlessTyping {
  constructor() {
    const element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    const document = inject(DOCUMENT);
    afterNextRender(() => {
      if (!isTyping(document.activeElement)) element.focus();
    });
  }
}

function isTyping(element: Element | null): boolean {
  if (!(element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement)) return false;
  return element.value !== '';
}
