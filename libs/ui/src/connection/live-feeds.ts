import { Injectable, inject } from '@angular/core';
import type { TypedDocumentNode } from '@apollo/client';
import { Apollo } from 'apollo-angular';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { persistent, resumable } from './resumable';
import type { FeedBatch, FeedWaits } from './resumable';
import { ServerConnection } from './server-connection';
import { WindowLimit } from './window-limit';

type Variables = Record<string, unknown>;

/** Subscriptions that outlive the loss of the server. They end by unsubscribing, or with `FeedRefused`. */
@Injectable({ providedIn: 'root' })
export class LiveFeeds {
  readonly #apollo = inject(Apollo);
  readonly #waits = feedWaits(inject(ServerConnection), inject(WindowLimit));

  /** For feeds that begin with the whole state, and signals. */
  watch<Data, V extends Variables>(subscription: TypedDocumentNode<Data, V>, variables: V): Observable<Data> {
    return persistent(() => this.#open(subscription, variables), this.#waits);
  }

  /** For a session's events. `variablesAfter` puts the revision into the variables; undefined asks for the start. */
  resume<Data, V extends Variables, Event extends { readonly revision: number }, Batch extends FeedBatch<Event>>(
    subscription: TypedDocumentNode<Data, V>,
    variablesAfter: (afterRevision: number | undefined) => V,
    batchIn: (data: Data) => Batch & FeedBatch<Event>,
  ): Observable<Batch> {
    return resumable<Event, Batch>(
      (after) => this.#open(subscription, variablesAfter(after)).pipe(map(batchIn)),
      this.#waits,
    );
  }

  #open<Data, V extends Variables>(subscription: TypedDocumentNode<Data, V>, variables: V): Observable<Data> {
    const options = { query: subscription, variables: variables as Variables, fetchPolicy: 'no-cache' as const };
    return this.#apollo.subscribe<Data, Variables>(options).pipe(
      map(({ data, error }) => {
        if (error !== undefined) throw error;
        return data as Data;
      }),
    );
  }
}

function feedWaits(connection: ServerConnection, windows: WindowLimit): FeedWaits {
  return { whenReachable: () => connection.nextTry(), windows };
}
