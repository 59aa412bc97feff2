import { supportSession } from '@deskside/domain';
import type { SupportSession } from '@deskside/domain';
import { recorded } from '@deskside/ui';
import type { PastEvent } from './past-event';

/** The session as it stood after one event, and just before it. */
export interface StateAtEvent {
  readonly before: SupportSession;
  readonly after: SupportSession;
}

/** The fold of all events up to this revision that can be read, and what it was one event earlier. */
export function stateAtEvent(events: readonly PastEvent[], revision: number): StateAtEvent {
  let before = supportSession.initialState();
  let after = before;
  for (const event of events) {
    if (event.revision > revision) break;
    before = after;
    if (event.unreadable !== true) after = supportSession.evolve(after, recorded(event));
  }
  return { before, after };
}
