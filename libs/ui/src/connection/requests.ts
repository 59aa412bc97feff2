import { ErrorHandler, Injectable, inject } from '@angular/core';
import type { TypedDocumentNode } from '@apollo/client';
import { Apollo } from 'apollo-angular';
import { firstValueFrom } from 'rxjs';
import { failureOf } from '../refusals/failure';
import type { Failure } from '../refusals/failure';
import { ServerConnection } from './server-connection';

/** What the server said. Being unreachable is no answer: it is waited out. */
export type Answer<Data> =
  | { readonly ok: true; readonly data: Data }
  | { readonly ok: false; readonly failure: Exclude<Failure, { kind: 'unreachable' }> };

type Tried<Data> = { readonly ok: true; readonly data: Data } | { readonly ok: false; readonly failure: Failure };
type Result = Promise<{ readonly data?: unknown; readonly error?: unknown }>;
type Variables = Record<string, unknown>;

/** Questions and commands to the server. None rejects for want of a network. */
@Injectable({ providedIn: 'root' })
export class Requests {
  readonly #apollo = inject(Apollo);
  readonly #connection = inject(ServerConnection);
  readonly #errors = inject(ErrorHandler);

  /** Asks until there is an answer. */
  ask<Data, V extends Variables>(
    query: TypedDocumentNode<Data, V>,
    variables: V,
    signal?: AbortSignal,
  ): Promise<Answer<Data>> {
    const options = { query, variables: variables as Variables, fetchPolicy: 'no-cache' as const };
    return this.#untilAnswered(() => firstValueFrom(this.#apollo.query<Data, Variables>(options)), signal);
  }

  /**
   * Sends a command until the server has answered, however long it is away, with the same variables each time and
   * therefore the same commandId: it happens once. `signal` ends the waiting; the act may have happened all the same.
   * @throws only the reason of `signal`
   */
  send<Data, V extends Variables>(
    mutation: TypedDocumentNode<Data, V>,
    variables: V,
    signal?: AbortSignal,
  ): Promise<Answer<Data>> {
    return this.#untilAnswered(() => this.#mutate(mutation, variables), signal);
  }

  /** For what is lost without harm, such as a typing mark: sent once, and nobody hears of a failure. */
  hint<Data, V extends Variables>(mutation: TypedDocumentNode<Data, V>, variables: V): void {
    if (this.#connection.state().status !== 'online') return;
    void this.#mutate(mutation, variables).catch(() => undefined);
  }

  /**
   * For the moment in which the page goes away (`pagehide`): sent once, and the browser delivers it after the page is
   * gone (Fetch standard, `keepalive`). Whether it arrived is never known.
   */
  sendInParting<Data, V extends Variables>(mutation: TypedDocumentNode<Data, V>, variables: V): void {
    void this.#mutate(mutation, variables, { fetchOptions: { keepalive: true } }).catch(() => undefined);
  }

  #mutate<Data, V extends Variables>(
    mutation: TypedDocumentNode<Data, V>,
    variables: V,
    context: { readonly fetchOptions?: RequestInit } = {},
  ): Result {
    const options = { mutation, variables: variables as Variables, context, fetchPolicy: 'no-cache' as const };
    return firstValueFrom(this.#apollo.mutate<Data, Variables>(options));
  }

  async #untilAnswered<Data>(request: () => Result, signal?: AbortSignal): Promise<Answer<Data>> {
    for (;;) {
      const tried = await this.#attempt<Data>(request);
      signal?.throwIfAborted();
      if (tried.ok || tried.failure.kind !== 'unreachable') {
        this.#connection.restored();
        return tried as Answer<Data>;
      }
      await this.#connection.nextTry();
      signal?.throwIfAborted();
    }
  }

  async #attempt<Data>(request: () => Result): Promise<Tried<Data>> {
    try {
      const { data, error } = await request();
      if (error !== undefined) throw error;
      return data == null ? { ok: false, failure: { kind: 'broken' } } : { ok: true, data: data as Data };
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === 'broken') this.#errors.handleError(error);
      return { ok: false, failure };
    }
  }
}
