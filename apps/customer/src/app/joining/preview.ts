import { Injectable, inject, signal, untracked } from '@angular/core';
import { Requests } from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { SessionPreviewDocument } from '../../generated/graphql';
import type { SessionPreviewQuery } from '../../generated/graphql';

export type WhoAsks = SessionPreviewQuery['sessionPreview'];

export type PreviewState =
  | { readonly at: 'nothing' }
  | { readonly at: 'asking'; readonly of: string }
  | { readonly at: 'known'; readonly of: string; readonly whoAsks: WhoAsks }
  | { readonly at: 'refused'; readonly of: string; readonly failure: Failure };

/** Who asks and why, before anybody joins. The last one asked for counts. */
@Injectable()
export class Preview {
  readonly #requests = inject(Requests);
  readonly #state = signal<PreviewState>({ at: 'nothing' });
  #asking = new AbortController();

  readonly state = this.#state.asReadonly();

  ofNumber(number: string): Promise<void> {
    return this.#ask(number, { number });
  }

  ofLink(link: string): Promise<void> {
    return this.#ask(link, { link });
  }

  forget(): void {
    this.#asking.abort();
    this.#state.set({ at: 'nothing' });
  }

  async #ask(of: string, variables: { readonly number?: string; readonly link?: string }): Promise<void> {
    const state = untracked(this.#state);
    if (state.at !== 'nothing' && state.at !== 'refused' && state.of === of) return;
    this.#asking.abort();
    const { signal } = (this.#asking = new AbortController());
    this.#state.set({ at: 'asking', of });
    const answer = await this.#requests.ask(SessionPreviewDocument, variables, signal).catch(() => null);
    if (answer === null || signal.aborted) return;
    this.#state.set(
      answer.ok
        ? { at: 'known', of, whoAsks: answer.data.sessionPreview }
        : { at: 'refused', of, failure: answer.failure },
    );
  }
}
