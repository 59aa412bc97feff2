import { computed, signal } from '@angular/core';
import type { Signal } from '@angular/core';
import { formatSessionNumber, isRepresentative, participantOf } from '@deskside/domain';
import type { Participant, WaitingPerson } from '@deskside/domain';
import { SessionStore, readable, unreadLines } from '@deskside/ui';
import type { CustomerColour } from '@deskside/ui';
import type { SessionSummaryFieldsFragment } from '../../../generated/graphql';
import { colourOf, letterOf } from './slots';

interface OpenSessionFacts {
  readonly id: string;
  readonly slot: number;
  readonly summary: Signal<SessionSummaryFieldsFragment>;
  /** My account. */
  readonly myId: string;
}

/** One session in which I am, live, with what belongs to this window: its place, what was read. */
export class OpenSession {
  readonly id: string;
  readonly slot: number;
  readonly summary: Signal<SessionSummaryFieldsFragment>;
  readonly store = new SessionStore();
  readonly letter: string;
  readonly colour: CustomerColour;
  readonly #myId: string;
  readonly #readUpTo = signal(-1);
  readonly #gone = signal(false);

  constructor({ id, slot, summary, myId }: OpenSessionFacts) {
    this.id = id;
    this.slot = slot;
    this.summary = summary;
    this.#myId = myId;
    this.letter = letterOf(slot);
    this.colour = colourOf(slot);
  }

  readonly session = this.store.session;
  readonly number = computed(() => formatSessionNumber(this.summary().number));
  readonly participants = computed(() => {
    const session = this.session();
    return session.status === 'absent' ? [] : Object.values(session.participants);
  });
  readonly customers = computed(() => this.participants().filter((person) => !isRepresentative(person.role)));
  /** Whom the session is named after: who is in, else who was. */
  readonly customer = computed<Participant | undefined>(() => {
    const customers = this.customers();
    return customers.find(({ presence }) => presence === 'present' || presence === 'away') ?? customers[0];
  });
  /** What to call the session while nobody is in it: what it is about, else its number. */
  readonly provisionalName = computed(() => readable(this.summary().subject) ?? this.number());
  readonly me = computed(() => participantOf(this.session(), this.#myId));
  readonly ended = computed(() => this.session().status === 'ended' || this.#gone());
  readonly asking = computed<readonly WaitingPerson[]>(() => {
    const session = this.session();
    if (session.status !== 'open') return [];
    return Object.values(session.waiting).filter(({ answer }) => answer === 'waiting');
  });
  readonly unread = computed(() => unreadLines(this.session(), this.me()?.id ?? '', this.#readUpTo()));

  markRead(revision: number): void {
    if (revision > this.#readUpTo()) this.#readUpTo.set(revision);
  }

  /** The list of my sessions no longer has it. @returns whether that is new */
  markGone(gone: boolean): boolean {
    const isNew = gone && !this.#gone();
    this.#gone.set(gone);
    return isNew;
  }
}
