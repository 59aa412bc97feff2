import { inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { MessageValues } from './icu-message';
import { Localization } from './localization';

/** A text by its key, in the language of the moment; inside a template or `computed` it follows the language. */
export type Texts = (key: string, values?: MessageValues) => string;

/** `protected readonly t = injectTexts();` and in the template `{{ t('join.title') }}`. */
export function injectTexts(): Texts {
  const transloco = inject(TranslocoService);
  const { locale } = inject(Localization);
  return (key, values = {}) => transloco.translate(key, { ...values }, locale());
}
