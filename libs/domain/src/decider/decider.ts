import type { Refusal } from './refusal';

/** Who acts. `sessionRole` is the role held in the session at that moment. */
export interface Actor {
  readonly kind: 'representative' | 'customer' | 'system';
  readonly id: string;
  readonly sessionRole?: string;
}

/** UTC, RFC 3339 with milliseconds: `2026-11-20T09:15:00.000Z`. Compares as text. */
export type Instant = string;

/** An intention. `now` is the server's time and `actor` the authenticated caller; neither comes from a client. */
export interface Command<Type extends string = string, Payload = unknown> {
  readonly type: Type;
  readonly payload: Payload;
  readonly now: Instant;
  readonly actor: Actor;
}

/** A fact, in the past tense. */
export interface DomainEvent<Type extends string = string, Payload = unknown> {
  readonly type: Type;
  readonly payload: Payload;
}

/** A fact with what the envelope says of it. */
export type Recorded<Event extends DomainEvent> = Event & {
  readonly revision: number;
  readonly occurredAt: Instant;
  readonly actor: Actor;
};

/** What a decider answers: the facts that follow (none when all is so already), or why not. */
export type Decision<Event extends DomainEvent> =
  { readonly ok: true; readonly events: readonly Event[] } | { readonly ok: false; readonly refusal: Refusal };

/**
 * The rules of one stream as pure functions (Chassaing, "Functional Event Sourcing Decider"). `evolve` never throws and
 * takes partial streams too, because a viewer's feed leaves out the events that he may not see.
 */
export interface Decider<C extends Command, E extends DomainEvent, State> {
  readonly initialState: () => State;
  readonly evolve: (state: State, event: Recorded<E>) => State;
  readonly decide: (command: C, state: State) => Decision<E>;
}

export function accept<E extends DomainEvent>(...events: readonly E[]): Decision<E> {
  return { ok: true, events };
}

export function refuse(code: Refusal['code'], details?: Refusal['details']): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: details === undefined ? { code } : { code, details } };
}

export function fold<E extends DomainEvent, State>(
  decider: Pick<Decider<never, E, State>, 'initialState' | 'evolve'>,
  events: Iterable<Recorded<E>>,
): State {
  let state = decider.initialState();
  for (const event of events) state = decider.evolve(state, event);
  return state;
}

/** For the last branch of a switch over a closed union. @throws when the union was not closed after all. */
export function unreachable(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
