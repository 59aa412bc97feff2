import { expect } from '@jest/globals';
import * as v from 'valibot';
import { fold } from '../decider';
import type { Actor, Command, Decider, Decision, DomainEvent, Instant, Recorded, Refusal } from '../decider';
import { eventRegistry } from '../event-registry';
import type { PersonalClass, SealedText } from '../personal-data';

/** A v4 UUID that can be read: `id(7)` ends in 7. */
export function id(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/** Nine o'clock and so many seconds. */
export function at(seconds: number): Instant {
  return new Date(nine + seconds * 1000).toISOString();
}

const nine = Date.UTC(2026, 10, 20, 9);

/** What stands in the log for a personal text; `mark` tells one from another. */
export function sealed(subject: string, personalClass: PersonalClass, mark: string, item?: number): SealedText {
  const key = item === undefined ? { subject, class: personalClass } : { subject, class: personalClass, item };
  return { ...key, nonce: 'AAAAAAAAAAAAAAAA', ciphertext: mark };
}

export const theSystem: Actor = { kind: 'system', id: 'system' };

/** An event as it comes from the log: the n-th of its stream, written n seconds after nine. */
export function recorded<E extends DomainEvent>(event: E, revision: number, actor: Actor = theSystem): Recorded<E> {
  return { ...event, revision, occurredAt: at(revision), actor };
}

type Intention<C extends Command> = C extends Command
  ? Omit<C, 'now' | 'actor'> & Partial<Pick<Command, 'now' | 'actor'>>
  : never;

interface Expectation<E extends DomainEvent> {
  then(...events: readonly E[]): void;
  thenRefused(code: Refusal['code'], details?: Refusal['details']): void;
  thenNothing(): void;
}

/** Given these events, when this command, then those events. All of them must be such as the log takes. */
export function given<C extends Command, E extends DomainEvent, State>(
  decider: Decider<C, E, State>,
  ...events: readonly E[]
): { when(intention: Intention<C>): Expectation<E> } {
  events.forEach(expectFitForLog);
  const state = deepFreeze(fold(decider, events.map(toRecorded)));
  return {
    when(intention) {
      const command = { now: at(60), actor: theSystem, ...intention } as unknown as C;
      return expectationOf(decider.decide(deepFreeze(command), state));
    },
  };
}

function toRecorded<E extends DomainEvent>(event: E, revision: number): Recorded<E> {
  return recorded(event, revision);
}

function expectationOf<E extends DomainEvent>(decision: Decision<E>): Expectation<E> {
  return {
    then(...events) {
      expect(decision).toEqual({ ok: true, events });
      events.forEach(expectFitForLog);
    },
    thenRefused(code, details) {
      expect(decision).toEqual({ ok: false, refusal: details === undefined ? { code } : { code, details } });
    },
    thenNothing() {
      expect(decision).toEqual({ ok: true, events: [] });
    },
  };
}

/** The declared form takes the payload and drops nothing of it. */
export function expectFitForLog({ type, payload }: DomainEvent): void {
  const declaration = eventRegistry.get(type);
  if (declaration === undefined) throw new Error(`No event of type ${type} is declared.`);
  expect(v.parse(declaration.payload, payload)).toEqual(payload);
}

/** Whoever changes what he was given is found out: writing to a frozen object throws in a module. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  Object.values(value).forEach(deepFreeze);
  return value;
}
