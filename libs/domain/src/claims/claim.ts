import { accept, refuse } from '../decider';
import type { Command, Decider, Decision, Instant, Recorded } from '../decider';
import type { ClaimEvent } from './claim-events';

/** How long a claimant has to appear in the log. */
export const claimConfirmationSeconds = 60;

export type Claim =
  { readonly status: 'free' } | { readonly status: 'taken'; readonly claimant: string; readonly confirmBy: Instant };

type Claimed = Extract<ClaimEvent, { type: 'ValueClaimed' }>['payload'];
type Released = Extract<ClaimEvent, { type: 'ValueReleased' }>['payload'];

export type ClaimCommand = Command<'ClaimValue', Claimed> | Command<'ReleaseValue', Released>;

/** The stream `claim-<kind>-<HMAC of the value>`. A refused claim has the code of its kind. */
export const claim: Decider<ClaimCommand, ClaimEvent, Claim> = {
  initialState: () => ({ status: 'free' }),
  evolve: (_state: Claim, event: Recorded<ClaimEvent>): Claim =>
    event.type === 'ValueClaimed'
      ? { status: 'taken', claimant: event.payload.claimant, confirmBy: event.payload.confirmBy }
      : { status: 'free' },
  decide: (command: ClaimCommand, state: Claim): Decision<ClaimEvent> =>
    command.type === 'ClaimValue' ? claimValue(command.payload, state) : releaseValue(command.payload, state),
};

function claimValue(payload: Claimed, state: Claim): Decision<ClaimEvent> {
  if (state.status === 'free') return accept({ type: 'ValueClaimed', payload });
  if (state.claimant === payload.claimant) return accept();
  return refuse(payload.kind === 'email' ? 'EMAIL_TAKEN' : 'SESSION_NUMBERS_EXHAUSTED');
}

function releaseValue(payload: Released, state: Claim): Decision<ClaimEvent> {
  const isHis = state.status === 'taken' && state.claimant === payload.claimant;
  return isHis ? accept({ type: 'ValueReleased', payload }) : accept();
}
