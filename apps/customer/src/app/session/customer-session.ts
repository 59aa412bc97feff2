import { DestroyRef, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import type { TypedDocumentNode } from '@apollo/client';
import { LiveFeeds, Requests, SessionStore, commandId, unreadLines, untilSettled } from '@deskside/ui';
import type { Answer, ChatPort } from '@deskside/ui';
import {
  LeaveSessionDocument,
  SendChatMessageDocument,
  SessionFeedDocument,
  SignalTypingDocument,
  TakeBackChatMessageDocument,
  TypingDocument,
  WithdrawJoinRequestDocument,
} from '../../generated/graphql';
import { map } from 'rxjs';
import { Admission } from '../admission/admission';
import type { Place } from '../admission/admission';
import { stageOf } from './stage';

type Variables = Record<string, unknown>;

/** The session of one admission: what is known of it, and what the customer can do in it. */
@Injectable()
export class CustomerSession implements ChatPort {
  readonly #admission = inject(Admission);
  readonly #requests = inject(Requests);
  readonly #live = inject(LiveFeeds);
  readonly #readUpTo = signal(-1);
  readonly #lost = signal(false);
  #renewal: Promise<boolean> | null = null;
  #closed = false;

  readonly place: Place = placeOf(this.#admission);
  readonly store = new SessionStore();
  readonly stage = computed(() => stageOf(this.store.session(), this.place.participantId));
  /** The server ended the feed for good, and not because the session or this person's part in it is over. */
  readonly isLost = computed(() => this.#lost() && ['loading', 'waiting', 'session'].includes(this.stage().at));
  /** As far as it is known; null before anything is. */
  readonly known = computed(() => {
    const session = this.store.session();
    return session.status === 'absent' ? null : session;
  });
  readonly unread = computed(() => unreadLines(this.store.session(), this.place.participantId, this.#readUpTo()));

  readonly typing = this.#live.watch(TypingDocument, {}).pipe(map((data) => data.typing));

  constructor() {
    let feed = this.#follow();
    effect(() => {
      if (this.store.failure() === null) this.#renewal = null;
      else
        void this.#renewOnce().then((renewed) => {
          if (renewed) feed = this.#follow();
          else this.#lost.set(true);
        });
    });
    inject(DestroyRef).onDestroy(() => {
      this.#closed = true;
      feed.unsubscribe();
    });
  }

  noteRead(revision: number): void {
    this.#readUpTo.update((before) => Math.max(before, revision));
  }

  send(line: { commandId: string; to: string; text: string }): Promise<Answer<unknown>> {
    return this.act(SendChatMessageDocument, line);
  }

  takeBack(act: { commandId: string; messageId: string }): Promise<Answer<unknown>> {
    return this.act(TakeBackChatMessageDocument, act);
  }

  signalTyping(to: string, typing: boolean): void {
    this.#requests.hint(SignalTypingDocument, { to, typing });
  }

  leave(): Promise<Answer<unknown>> {
    return this.act(LeaveSessionDocument, { commandId: commandId() });
  }

  withdraw(): Promise<Answer<unknown>> {
    return this.act(WithdrawJoinRequestDocument, { commandId: commandId() });
  }

  #follow(): ReturnType<SessionStore['follow']> {
    return this.store.follow(
      this.#live.resume(
        SessionFeedDocument,
        (afterRevision) => ({ afterRevision }),
        (data) => data.sessionFeed,
      ),
    );
  }

  /** A command of this person, sent until there is an answer. */
  act<Data, V extends Variables>(mutation: TypedDocumentNode<Data, V>, variables: V): Promise<Answer<Data>> {
    return this.#withKnownKey(() => this.#requests.send(mutation, variables));
  }

  /**
   * For what the person sees as done already, and for what the page does by itself: as `act`, and also again when it is
   * refused only for the moment, while `isWanted`.
   */
  settle<Data, V extends Variables>(
    mutation: TypedDocumentNode<Data, V>,
    variables: V,
    isWanted = (): boolean => true,
  ): Promise<Answer<Data>> {
    return untilSettled(() => this.act(mutation, variables), { isWanted: () => !this.#closed && isWanted() });
  }

  /** A question of this person, asked until there is an answer. */
  ask<Data, V extends Variables>(query: TypedDocumentNode<Data, V>, variables: V): Promise<Answer<Data>> {
    return this.#withKnownKey(() => this.#requests.ask(query, variables));
  }

  /** The last word of a page that goes away. */
  sendInParting<Data, V extends Variables>(mutation: TypedDocumentNode<Data, V>, variables: V): void {
    this.#requests.sendInParting(mutation, variables);
  }

  /** When the server no longer knows the key: once with a fresh one, the same command under the same id. */
  async #withKnownKey<Data>(send: () => Promise<Answer<Data>>): Promise<Answer<Data>> {
    const answer = await send();
    const unknown = !answer.ok && answer.failure.kind === 'refused' && answer.failure.code === 'NOT_SIGNED_IN';
    return unknown && (await this.#renewOnce()) ? send() : answer;
  }

  /** Once for all who were refused at the same time; again only after the feed has lived in between. */
  #renewOnce(): Promise<boolean> {
    this.#renewal ??= this.#admission.renew();
    return this.#renewal;
  }
}

function placeOf({ state }: Admission): Place {
  const now = untracked(state);
  if (now.status !== 'admitted') throw new Error('A session page was opened without an admission.');
  return now;
}
