import { Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import type { WritableSignal } from '@angular/core';
import { rememberedText } from '@deskside/ui';
import { Subscription, tap } from 'rxjs';
import { MySessionsDocument, SessionFeedDocument } from '../../../generated/graphql';
import type { SessionSummaryFieldsFragment } from '../../../generated/graphql';
import { Attention } from '../../attention/attention';
import { SignedInPerson } from '../../sign-in/signed-in-person';
import { StaffRequests } from '../../sign-in/staff-requests';
import { EndedSessions } from './ended-sessions';
import { OpenSession } from './open-session';
import { ReadMarks } from './read-marks';
import { assignSlots, readSlots, writeSlots } from './slots';

interface Held {
  readonly open: OpenSession;
  readonly summary: WritableSignal<SessionSummaryFieldsFragment>;
  readonly feed: Subscription;
}

/** All my open sessions, each with its feed, wherever in the dashboard I am. A session that ended stays until I close it. */
@Injectable({ providedIn: 'root' })
export class OpenSessions {
  readonly #requests = inject(StaffRequests);
  readonly #person = inject(SignedInPerson);
  readonly #attention = inject(Attention);
  readonly #marks = inject(ReadMarks);
  readonly #slots = rememberedText('deskside.session-letters');
  readonly #held = signal<ReadonlyMap<string, Held>>(new Map());
  readonly #loaded = signal(false);
  readonly #expected = signal<ReadonlySet<string>>(new Set());
  #list: Subscription | null = null;
  /** Whose sessions these are. */
  #followed: string | null = null;
  #ended: EndedSessions | null = null;

  /** In the order of their letters. */
  readonly all = computed(() => [...this.#held().values()].map(({ open }) => open).toSorted((a, b) => a.slot - b.slot));
  readonly live = computed(() => this.all().filter((session) => !session.ended()));
  readonly loaded = this.#loaded.asReadonly();
  /** What waits for me in all sessions: unread lines and people who ask to come in. */
  readonly waitingForMe = computed(() =>
    this.all().reduce((sum, session) => sum + session.unread() + session.asking().length, 0),
  );

  constructor() {
    effect(() => {
      const me = this.#person.me()?.id ?? null;
      const serves = me !== null && this.#person.may('session.serve');
      untracked(() => {
        if (!serves || me !== this.#followed) this.#stop();
        if (serves) this.#follow(me);
      });
    });
  }

  find(sessionId: string): OpenSession | undefined {
    return this.#held().get(sessionId)?.open;
  }

  /** I have just started it; the list will have it in a moment. */
  expect(sessionId: string): void {
    this.#expected.update((ids) => new Set([...ids, sessionId]));
  }

  isExpected(sessionId: string): boolean {
    return !this.#loaded() || this.#expected().has(sessionId);
  }

  /** Takes an ended session off the screen. */
  close(session: OpenSession): void {
    this.#held().get(session.id)?.feed.unsubscribe();
    this.#ended?.forget(session.id);
    this.#hold([...this.#held()].filter(([id]) => id !== session.id));
  }

  #follow(me: string): void {
    this.#followed = me;
    this.#ended ??= new EndedSessions(me);
    this.#list ??= this.#requests.watch(MySessionsDocument, {}).subscribe({
      next: ({ mySessions }) => this.#take(mySessions.sessions),
      // Refused for good, for example because the right was withdrawn: what is open says so by itself.
      error: () => this.#loaded.set(true),
    });
  }

  #take(summaries: readonly SessionSummaryFieldsFragment[]): void {
    const held = new Map(this.#held());
    const before = this.#loaded() ? [] : (this.#ended?.read(Date.now()) ?? []);
    const listed = new Set(summaries.map(({ id }) => id));
    const all = [...summaries, ...before.filter(({ id }) => !listed.has(id))];
    this.#takeUp(held, all);
    for (const [id, { open, summary }] of held)
      if (open.markGone(!listed.has(id))) this.#ended?.add(summary(), Date.now());
    this.#hold(held);
    this.#loaded.set(true);
    this.#expected.update((expected) => new Set([...expected].filter((id) => !held.has(id))));
  }

  #takeUp(held: Map<string, Held>, summaries: readonly SessionSummaryFieldsFragment[]): void {
    const oldestFirst = summaries.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt));
    const remembered = this.#loaded() ? new Map() : readSlots(this.#slots.read());
    const before = new Map([...remembered, ...[...held].map(([id, { open }]) => [id, open.slot] as const)]);
    const ids = new Set([...held.keys(), ...oldestFirst.map(({ id }) => id)]);
    const slots = assignSlots(before, [...ids]);
    for (const summary of oldestFirst) {
      const known = held.get(summary.id);
      if (known) known.summary.set(summary);
      else held.set(summary.id, this.#open(summary, slots.get(summary.id) ?? 0));
    }
  }

  #hold(held: Iterable<readonly [string, Held]>): void {
    this.#held.set(new Map(held));
    this.#slots.write(writeSlots(new Map(this.all().map(({ id, slot }) => [id, slot]))));
  }

  #open(first: SessionSummaryFieldsFragment, slot: number): Held {
    const summary = signal(first);
    const open = new OpenSession({ id: first.id, slot, summary, myId: this.#person.me()?.id ?? '' });
    open.markRead(this.#marks.of(first.id));
    const feed = this.#requests
      .resume(
        SessionFeedDocument,
        (afterRevision) => ({ sessionId: first.id, ...(afterRevision === undefined ? {} : { afterRevision }) }),
        (data) => data.sessionFeed,
      )
      .pipe(tap(({ events }) => this.#attention.consider(open, events)));
    return { open, summary, feed: open.store.follow(feed) };
  }

  #stop(): void {
    this.#list?.unsubscribe();
    this.#list = null;
    this.#followed = null;
    this.#ended = null;
    for (const { feed } of this.#held().values()) feed.unsubscribe();
    this.#held.set(new Map());
    this.#loaded.set(false);
  }
}
