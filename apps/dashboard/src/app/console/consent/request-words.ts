import type { Times, Texts } from '@deskside/ui';
import type { ScreenOutcome, ScreenRequest } from './screen-request';

interface Telling {
  readonly t: Texts;
  readonly clock: Times['clock'];
  /** Of whoever acted, as it may stand in a sentence. */
  readonly nameOf: (participantId: string | null) => string;
  /** As `1:43`; null leaves the running time out. */
  readonly left: string | null;
}

/** How the question to see the customer's screen stands, in one sentence; null where there is nothing to say. */
export function requestWords(state: ScreenRequest, telling: Telling): string | null {
  const { t, nameOf, left } = telling;
  switch (state.kind) {
    case 'notPossible':
      return notPossible(state, telling);
    case 'idle':
      return state.outcome === null ? null : outcome(state.outcome, telling);
    case 'sent': {
      const how = state.customer.presence === 'away' ? 'sentAway' : 'sent';
      return t(`console.view.${how}`, { name: nameOf(state.customer.id) });
    }
    case 'shown': {
      const name = nameOf(state.customer.id);
      if (state.failure !== null) return t(`console.view.again.${state.failure}`, { name });
      return left === null ? t('console.view.shownPlain', { name }) : t('console.view.shown', { name, time: left });
    }
    case 'choosing':
      return t('console.view.choosing', { name: nameOf(state.customer.id) });
    case 'running':
      return state.mine ? null : t('console.view.notMine');
  }
}

function notPossible({ customer, device }: Extract<ScreenRequest, { kind: 'notPossible' }>, telling: Telling): string {
  const { t, nameOf } = telling;
  if (customer === null || device === null) return t('console.view.nobody');
  const { form, browser } = device;
  return t(`console.view.cannot.${form}`, { name: nameOf(customer.id), browser });
}

function outcome({ how, at, by }: ScreenOutcome, { t, clock, nameOf }: Telling): string {
  return t(`console.view.over.${how}`, { name: nameOf(by), time: clock(at) });
}
