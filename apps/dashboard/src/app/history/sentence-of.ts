import type { DomainEvent, Recorded } from '@deskside/domain';
import { accessSentences, claimSentences } from './access-sentences';
import { accountSentences } from './account-sentences';
import type { FeedEvent } from '@deskside/ui';
import { integritySentences } from './integrity-sentences';
import { sentence } from './sentence';
import type { Sentence } from './sentence';
import type { Telling } from './sentence-table';
import { sessionSentences } from './session-sentences';
import { siteSentences } from './site-sentences';

type Teller = (event: Recorded<DomainEvent>, telling: Telling) => Sentence;

/** Each entry takes the payload of its own type, which the API has checked against the same declarations. */
const tellers = new Map(
  Object.entries({
    ...sessionSentences,
    ...accountSentences,
    ...siteSentences,
    ...accessSentences,
    ...claimSentences,
    ...integritySentences,
  } as unknown as Readonly<Record<string, Teller>>),
);

/**
 * What happened, as one plain sentence. An event of a newer version, or one that cannot be read, is named by its type, never
 * left out.
 */
export function sentenceOf(event: FeedEvent & { readonly unreadable?: boolean }, telling: Telling): Sentence {
  if (event.unreadable === true) return sentence('events.unreadable', { type: event.type });
  const teller = tellers.get(event.type);
  if (teller === undefined) return sentence('events.unknown', { type: event.type });
  return teller(event as Recorded<DomainEvent>, telling);
}
