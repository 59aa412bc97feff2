import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider';
import { at, given, id, recorded } from '../test-support/given-when-then';
import { claim } from './claim';
import type { ClaimEvent } from './claim-events';

const ana = `representative-${id(1)}`;
const ben = `representative-${id(2)}`;
const confirmBy = at(60);
const claimed = (
  claimant: string,
  kind: 'email' | 'sessionNumber' = 'email',
): ClaimEvent & { type: 'ValueClaimed' } => ({
  type: 'ValueClaimed',
  payload: { kind, claimant, confirmBy },
});
const released = (
  claimant: string,
  reason: 'orphaned' | 'sessionEnded' | 'addressChanged' = 'addressChanged',
): ClaimEvent & { type: 'ValueReleased' } => ({ type: 'ValueReleased', payload: { claimant, reason } });

describe('ClaimValue', () => {
  it('takes a free value', () => {
    given(claim)
      .when({ type: 'ClaimValue', payload: claimed(ana).payload })
      .then(claimed(ana));
  });

  it('takes a value that was released', () => {
    given(claim, claimed(ana), released(ana))
      .when({ type: 'ClaimValue', payload: claimed(ben).payload })
      .then(claimed(ben));
  });

  it('refuses an address that somebody has', () => {
    given(claim, claimed(ana))
      .when({ type: 'ClaimValue', payload: claimed(ben).payload })
      .thenRefused('EMAIL_TAKEN');
  });

  it('refuses a session number that is in use', () => {
    given(claim, claimed(ana, 'sessionNumber'))
      .when({ type: 'ClaimValue', payload: claimed(ben, 'sessionNumber').payload })
      .thenRefused('SESSION_NUMBERS_EXHAUSTED');
  });

  it('refuses even when the claim in its way is overdue, until it is released', () => {
    given(claim, claimed(ana))
      .when({ type: 'ClaimValue', payload: claimed(ben).payload, now: at(3600) })
      .thenRefused('EMAIL_TAKEN');
  });

  it('stays quiet for who has it', () => {
    given(claim, claimed(ana))
      .when({ type: 'ClaimValue', payload: claimed(ana).payload })
      .thenNothing();
  });
});

describe('ReleaseValue', () => {
  it('frees the value', () => {
    given(claim, claimed(ana))
      .when({ type: 'ReleaseValue', payload: released(ana).payload })
      .then(released(ana));
  });

  it('frees an orphan at the instant it was to be confirmed by', () => {
    given(claim, claimed(ana))
      .when({ type: 'ReleaseValue', payload: released(ana, 'orphaned').payload, now: confirmBy })
      .then(released(ana, 'orphaned'));
  });

  it('stays quiet on an orphan that may still be confirmed', () => {
    const now = new Date(Date.parse(confirmBy) - 1).toISOString();
    given(claim, claimed(ana))
      .when({ type: 'ReleaseValue', payload: released(ana, 'orphaned').payload, now })
      .thenNothing();
  });

  it.each(['sessionEnded', 'addressChanged'] as const)('does not wait for that when %s', (reason) => {
    given(claim, claimed(ana))
      .when({ type: 'ReleaseValue', payload: released(ana, reason).payload, now: at(1) })
      .then(released(ana, reason));
  });

  it('stays quiet when another one has the value by now', () => {
    given(claim, claimed(ana), released(ana), claimed(ben))
      .when({ type: 'ReleaseValue', payload: released(ana).payload })
      .thenNothing();
  });

  it('stays quiet when the value is free', () => {
    given(claim)
      .when({ type: 'ReleaseValue', payload: released(ana).payload })
      .thenNothing();
  });
});

describe('the fold of a claim', () => {
  it('does not free a value for an event of a newer version', () => {
    const confirmed = { type: 'ValueConfirmed', payload: {} } as unknown as ClaimEvent;
    const state = fold(
      claim,
      [claimed(ana), confirmed].map((event, n) => recorded(event, n)),
    );
    expect(state).toEqual({ status: 'taken', claimant: ana, confirmBy });
  });
});
