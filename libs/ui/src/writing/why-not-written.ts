import { InjectionToken, computed, inject } from '@angular/core';
import type { Signal } from '@angular/core';
import type { WriteRefusal } from '@deskside/domain';
import { injectTexts } from '../localization/texts';
import { Writing } from './writing';

/** Key of the sentence, for an app whose people read another one than staff. */
export const WORDS_FOR_NOT_WRITTEN = new InjectionToken<(refusal: WriteRefusal) => string>('words for not written', {
  factory: () => (refusal) => `cannotWrite.${refusal}`,
});

/** Why nothing can be written, in a sentence; null while it can. */
export function injectWhyNotWritten(): Signal<string | null> {
  const { refusal } = inject(Writing);
  const keyFor = inject(WORDS_FOR_NOT_WRITTEN);
  const t = injectTexts();
  return computed(() => {
    const code = refusal();
    return code === null ? null : t(keyFor(code));
  });
}
