import { supportSession } from '@deskside/domain';
import type { SupportSession } from '@deskside/domain';
import { recorded } from '@deskside/ui';
import type { FeedEvent } from '@deskside/ui';

/** The session as it stood after one event, and just before it. */
export interface StateAtEvent {
  readonly before: SupportSession;
  readonly after: SupportSession;
}

/** The fold of all events up to this revision, and what it was one event earlier. */
export function stateAtEvent(events: readonly FeedEvent[], revision: number): StateAtEvent {
  let before = supportSession.initialState();
  let after = before;
  for (const event of events) {
    if (event.revision > revision) break;
    before = after;
    after = supportSession.evolve(after, recorded(event));
  }
  return { before, after };
}
