import { Injectable, inject } from '@angular/core';
import type { TypedDocumentNode } from '@apollo/client';
import { FeedRefused, LiveFeeds, Requests } from '@deskside/ui';
import type { Answer, FeedBatch } from '@deskside/ui';
import { defer, from, retry, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { SignedInPerson } from './signed-in-person';

type Variables = Record<string, unknown>;

/** The library's requests and feeds for somebody whose sign-in can expire: they wait for the overlay, then go on. */
@Injectable({ providedIn: 'root' })
export class StaffRequests {
  readonly #requests = inject(Requests);
  readonly #feeds = inject(LiveFeeds);
  readonly #person = inject(SignedInPerson);

  ask<D, V extends Variables>(query: TypedDocumentNode<D, V>, variables: V, signal?: AbortSignal): Promise<Answer<D>> {
    return this.#whileSignedIn(() => this.#requests.ask(query, variables, signal));
  }

  /** The same variables, and so the same commandId, go out again after a new sign-in: the act happens once. */
  send<D, V extends Variables>(
    mutation: TypedDocumentNode<D, V>,
    variables: V,
    signal?: AbortSignal,
  ): Promise<Answer<D>> {
    return this.#whileSignedIn(() => this.#requests.send(mutation, variables, signal));
  }

  hint<D, V extends Variables>(mutation: TypedDocumentNode<D, V>, variables: V): void {
    if (!this.#person.expired()) this.#requests.hint(mutation, variables);
  }

  watch<D, V extends Variables>(subscription: TypedDocumentNode<D, V>, variables: V): Observable<D> {
    const open = defer(() => this.#feeds.watch(subscription, variables));
    return open.pipe(retry({ delay: (error) => this.#afterSignIn(error) }));
  }

  /** A session's events; after a new sign-in too they go on behind the last one received. */
  resume<D, V extends Variables, Event extends { readonly revision: number }, Batch extends FeedBatch<Event>>(
    subscription: TypedDocumentNode<D, V>,
    variablesAfter: (afterRevision: number | undefined) => V,
    batchIn: (data: D) => Batch & FeedBatch<Event>,
  ): Observable<Batch> {
    return defer(() => {
      let upTo: number | undefined;
      return defer(() => {
        const resumed = upTo;
        return this.#feeds.resume<D, V, Event, Batch>(
          subscription,
          (after) => variablesAfter(after ?? resumed),
          batchIn,
        );
      }).pipe(
        tap((batch) => (upTo = batch.upTo)),
        retry({ delay: (error) => this.#afterSignIn(error) }),
      );
    });
  }

  #afterSignIn(error: unknown): Observable<void> {
    if (error instanceof FeedRefused && error.failure.code === 'NOT_SIGNED_IN') return from(this.#person.signInAgain());
    throw error;
  }

  async #whileSignedIn<D>(act: () => Promise<Answer<D>>): Promise<Answer<D>> {
    for (;;) {
      const answer = await act();
      if (answer.ok || !isSignInMissing(answer.failure)) return answer;
      await this.#person.signInAgain();
    }
  }
}

function isSignInMissing(failure: { readonly kind: string; readonly code?: string }): boolean {
  return failure.kind === 'refused' && failure.code === 'NOT_SIGNED_IN';
}
