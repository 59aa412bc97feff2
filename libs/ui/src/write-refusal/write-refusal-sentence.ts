import { InjectionToken, computed, inject } from '@angular/core';
import type { Signal } from '@angular/core';
import type { WriteRefusal } from '@deskside/domain';
import { injectTexts } from '../localization/texts';
import { CurrentWriteRefusal } from './current-write-refusal';

/** Key of the sentence, for an app whose people read another one than staff. */
export const WRITE_REFUSAL_WORDS = new InjectionToken<(refusal: WriteRefusal) => string>('write refusal words', {
  factory: () => (refusal) => `writeRefusal.${refusal}`,
});

/** Why nothing can be written, in a sentence; null while it can. */
export function injectWriteRefusalSentence(): Signal<string | null> {
  const refusal = inject(CurrentWriteRefusal).code;
  const keyFor = inject(WRITE_REFUSAL_WORDS);
  const t = injectTexts();
  return computed(() => {
    const code = refusal();
    return code === null ? null : t(keyFor(code));
  });
}
