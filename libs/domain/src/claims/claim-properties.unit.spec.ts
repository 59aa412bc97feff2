import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '../decider';
import type { Recorded } from '../decider';
import { at, deepFreeze, theSystem } from '../test-support/given-when-then';
import { claim } from './claim';
import type { ClaimCommand } from './claim';
import type { ClaimEvent } from './claim-events';

const numRuns = 1000;

/** Three who want the value; confirmation is due ten seconds later, clocks stand still and go backwards. */
const moves = fc.array(
  fc.record({
    kind: fc.constantFrom('ClaimValue', 'ReleaseValue'),
    claimant: fc.constantFrom('representative-a', 'representative-b', 'representative-c'),
    reason: fc.constantFrom('orphaned', 'orphaned', 'sessionEnded', 'addressChanged'),
    later: fc.constantFrom(0, 0, 5, 9.999, 10, 10.001, -5, -20),
    unknown: fc.boolean(),
  }),
  { maxLength: 40, size: 'max' },
);
type Move = typeof moves extends fc.Arbitrary<(infer M)[]> ? M : never;

function commandOf({ kind, claimant, reason }: Move, seconds: number): ClaimCommand {
  const rest = { now: at(seconds), actor: theSystem };
  if (kind === 'ReleaseValue')
    return {
      type: kind,
      payload: { claimant, reason: reason as 'orphaned' | 'sessionEnded' | 'addressChanged' },
      ...rest,
    };
  return { type: 'ClaimValue', payload: { kind: 'email', claimant, confirmBy: at(seconds + 10) }, ...rest };
}

describe(`a value that three want (${numRuns} runs of up to 40 commands each)`, () => {
  it('never has two claimants, and an orphan is freed at its deadline and not before', () => {
    fc.assert(
      fc.property(moves, (tries) => {
        let holder: { claimant: string; confirmBy: string } | null = null;
        let state = claim.initialState();
        let seconds = 0;
        const written: Recorded<ClaimEvent>[] = [];
        const write = (event: ClaimEvent, now: string): void => {
          const recorded = { ...event, revision: written.length, occurredAt: now, actor: theSystem };
          written.push(recorded);
          state = deepFreeze(claim.evolve(state, deepFreeze(recorded)));
        };
        for (const move of tries) {
          seconds += move.later;
          const command = deepFreeze(commandOf(move, seconds));
          if (move.unknown) write({ type: 'ValueConfirmed', payload: {} } as unknown as ClaimEvent, command.now);
          const decision = claim.decide(command, state);
          if (!decision.ok) {
            check(decision.refusal.code === 'EMAIL_TAKEN', decision.refusal.code);
            check(holder !== null && holder.claimant !== move.claimant, 'refused although free or his');
            continue;
          }
          for (const event of decision.events) {
            write(event, command.now);
            if (event.type === 'ValueClaimed') {
              check(holder === null, 'a second claimant');
              holder = event.payload;
            } else {
              check(holder?.claimant === event.payload.claimant, 'released by another');
              check(event.payload.reason !== 'orphaned' || command.now >= holder!.confirmBy, 'orphaned too early');
              holder = null;
            }
          }
          const again = claim.decide(command, state);
          check(again.ok && again.events.length === 0, 'something happened twice');
          check((state.status === 'taken' ? state.claimant : undefined) === holder?.claimant, 'another fold');
        }
        check(JSON.stringify(fold(claim, written)) === JSON.stringify(state), 'folds to another');
      }),
      { numRuns },
    );
  });

  it('is folded without a throw from any list of events', () => {
    const event = fc.oneof(
      fc.constantFrom('a', 'b').map((claimant) => ({
        type: 'ValueClaimed',
        payload: { kind: 'email', claimant, confirmBy: at(0) },
      })),
      fc
        .constantFrom('a', 'b')
        .map((claimant) => ({ type: 'ValueReleased', payload: { claimant, reason: 'orphaned' } })),
      fc.record({ type: fc.constantFrom('ValueConfirmed', 'toString', ''), payload: fc.anything() }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const list = events.map((e, revision) => ({ ...e, revision, occurredAt: at(0), actor: theSystem }) as never);
        const last = events.findLast(({ type }) => type === 'ValueClaimed' || type === 'ValueReleased');
        const state = fold(claim, list);
        check(state.status === (last?.type === 'ValueClaimed' ? 'taken' : 'free'), state.status);
      }),
      { numRuns },
    );
  });
});

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}
