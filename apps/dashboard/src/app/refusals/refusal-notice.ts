import { Injectable, inject } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';
import { injectTexts, injectWriteRefusalSentence, sentenceFor } from '@deskside/ui';
import type { Answer } from '@deskside/ui';

/** What the server refused, in one sentence at the foot of the page. */
@Injectable({ providedIn: 'root' })
export class RefusalNotice {
  readonly #snackBar = inject(MatSnackBar);
  readonly #t = injectTexts();
  readonly #writeRefusal = injectWriteRefusalSentence();

  /**
   * For a key that was pressed while nothing can be written.
   * @returns whether that is so
   */
  sayWriteRefusal(): boolean {
    const why = this.#writeRefusal();
    if (why !== null) this.#snackBar.open(why, this.#t('app.close'));
    return why !== null;
  }

  /** @returns whether it was done */
  say(answer: Answer<unknown>): boolean {
    if (!answer.ok) this.#snackBar.open(sentenceFor(answer.failure, this.#t), this.#t('app.close'));
    return answer.ok;
  }
}
