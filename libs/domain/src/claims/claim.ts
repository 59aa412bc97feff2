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
  evolve,
  decide: (command: ClaimCommand, state: Claim): Decision<ClaimEvent> =>
    command.type === 'ClaimValue' ? claimValue(command.payload, state) : releaseValue(command, state),
};

function evolve(state: Claim, event: Recorded<ClaimEvent>): Claim {
  switch (event.type) {
    case 'ValueClaimed':
      return { status: 'taken', claimant: event.payload.claimant, confirmBy: event.payload.confirmBy };
    case 'ValueReleased':
      return { status: 'free' };
    default:
      // A newer writer's event must not free the value.
      return state;
  }
}

function claimValue(payload: Claimed, state: Claim): Decision<ClaimEvent> {
  if (state.status === 'free') return accept({ type: 'ValueClaimed', payload });
  if (state.claimant === payload.claimant) return accept();
  return refuse(payload.kind === 'email' ? 'EMAIL_TAKEN' : 'SESSION_NUMBERS_EXHAUSTED');
}

function releaseValue({ payload, now }: Command<'ReleaseValue', Released>, state: Claim): Decision<ClaimEvent> {
  if (state.status === 'free' || state.claimant !== payload.claimant) return accept();
  // Until then the claimant may still appear, and somebody else would have the value too.
  const isTooEarly = payload.reason === 'orphaned' && now < state.confirmBy;
  return isTooEarly ? accept() : accept({ type: 'ValueReleased', payload });
}
