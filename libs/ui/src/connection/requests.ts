import { ErrorHandler, Injectable, inject } from '@angular/core';
import type { TypedDocumentNode } from '@apollo/client';
import { Apollo } from 'apollo-angular';
import { firstValueFrom, timer } from 'rxjs';
import { failureOf, isWriteRefusal, secondsAskedFor } from '../refusals/failure';
import type { Failure } from '../refusals/failure';
import { CurrentWriteRefusal } from '../write-refusal/current-write-refusal';
import { asNobody } from './as-nobody';
import { ServerConnection } from './server-connection';

/** What the server said. Being unreachable is no answer: it is waited out. */
export type Answer<Data> =
  | { readonly ok: true; readonly data: Data }
  | { readonly ok: false; readonly failure: Exclude<Failure, { kind: 'unreachable' }> };

type Tried<Data> = { readonly ok: true; readonly data: Data } | { readonly ok: false; readonly failure: Failure };
type Result = Promise<{ readonly data?: unknown; readonly error?: unknown }>;
type Variables = Record<string, unknown>;

/** A wait that the server asks for is kept by itself when it is no longer than this, and so often. */
const shortWaitSeconds = 5;
const waitsKept = 3;

/** Questions and commands to the server. None rejects for want of a network. */
@Injectable({ providedIn: 'root' })
export class Requests {
  readonly #apollo = inject(Apollo);
  readonly #connection = inject(ServerConnection);
  readonly #writeRefusal = inject(CurrentWriteRefusal);
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
   * What anybody may know, asked until there is an answer. Who sits here goes with no such question: what a page asks by
   * itself must not keep its person signed in, and is answered also where nobody can be looked up.
   */
  askAsNobody<Data>(query: TypedDocumentNode<Data, Record<string, never>>): Promise<Answer<Data>> {
    const options = { query, context: asNobody, fetchPolicy: 'no-cache' as const };
    return this.#untilAnswered(() => firstValueFrom(this.#apollo.query<Data, Variables>(options)));
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
    for (let waits = 0; ;) {
      const tried = await this.#attempt<Data>(request);
      signal?.throwIfAborted();
      const wait = waits < waitsKept ? shortWaitIn(tried) : 0;
      if (wait === 0 && isAnswer(tried)) {
        this.#connection.restored();
        return tried;
      }
      waits += Number(wait > 0);
      await (wait > 0 ? firstValueFrom(timer(wait * 1000)) : this.#connection.nextTry());
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
      if (isWriteRefusal(failure)) this.#writeRefusal.lookAgain();
      return { ok: false, failure };
    }
  }
}

function isAnswer<Data>(tried: Tried<Data>): tried is Answer<Data> {
  return tried.ok || tried.failure.kind !== 'unreachable';
}

/** Seconds that somebody who is only a little too fast has to wait; 0 when it is something else, or too long. */
function shortWaitIn(tried: Tried<unknown>): number {
  const seconds = tried.ok ? 0 : secondsAskedFor(tried.failure);
  return seconds <= shortWaitSeconds ? seconds : 0;
}
