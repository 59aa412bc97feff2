import { ErrorHandler, Injectable, inject } from '@angular/core';
import type { TranslocoTranspiler, TranspileParams } from '@jsverse/transloco';
import { formatMessage } from './icu-message';
import type { MessageValues } from './icu-message';

/** Transloco's own transpiler knows no plurals, and its messageformat plugin makes code from text, which our CSP forbids. */
@Injectable()
export class IcuTranspiler implements TranslocoTranspiler {
  readonly #errors = inject(ErrorHandler);
  #locale = 'en';

  onLangChanged(lang: string): void {
    this.#locale = lang;
  }

  transpile({ value, params, key }: TranspileParams): unknown {
    if (typeof value !== 'string') return value;
    try {
      return formatMessage(value, (params ?? {}) as MessageValues, this.#locale);
    } catch (cause) {
      this.#errors.handleError(new Error(`The text ${key} cannot be formatted.`, { cause }));
      return value;
    }
  }
}
