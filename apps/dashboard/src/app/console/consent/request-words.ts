import { sentence } from '../../history/sentence';
import type { Sentence, SentenceValue } from '../../history/sentence';
import type { ScreenOutcome, ScreenRequest } from './screen-request';

interface Telling {
  readonly clock: (at: string) => string;
  /** Of whoever acted, as it stands in a sentence. */
  readonly nameOf: (participantId: string | null) => SentenceValue;
  /** As `1:43`; null leaves the running time out. */
  readonly left: string | null;
}

/** How the question to see the customer's screen stands, in one sentence; null where there is nothing to say. */
export function requestWords(state: ScreenRequest, telling: Telling): Sentence | null {
  const { nameOf, left } = telling;
  switch (state.kind) {
    case 'notPossible':
      return notPossible(state, telling);
    case 'idle':
      return state.outcome === null ? null : outcome(state.outcome, telling);
    case 'sent': {
      const how = state.customer.presence === 'away' ? 'sentAway' : 'sent';
      return sentence(`console.view.${how}`, { name: nameOf(state.customer.id) });
    }
    case 'shown': {
      const name = nameOf(state.customer.id);
      if (state.failure !== null) return sentence(`console.view.again.${state.failure}`, { name });
      return left === null
        ? sentence('console.view.shownPlain', { name })
        : sentence('console.view.shown', { name, time: left });
    }
    case 'choosing':
      return sentence('console.view.choosing', { name: nameOf(state.customer.id) });
    case 'running':
      return state.mine ? null : sentence('console.view.notMine');
  }
}

function notPossible(
  { customer, device }: Extract<ScreenRequest, { kind: 'notPossible' }>,
  { nameOf }: Telling,
): Sentence {
  if (customer === null || device === null) return sentence('console.view.nobody');
  const { form, browser } = device;
  return sentence(`console.view.cannot.${form}`, { name: nameOf(customer.id), browser });
}

function outcome({ how, at, by }: ScreenOutcome, { clock, nameOf }: Telling): Sentence {
  return sentence(`console.view.over.${how}`, { name: nameOf(by), time: clock(at) });
}
