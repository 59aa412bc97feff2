import * as v from 'valibot';
import { auditors, declareEvent, personalText, uuid } from '../events';
import type { EventOf } from '../events';

/** One version of a note. Earlier versions stay; drafts are no events. `authorId` is the account that wrote it. */
export const NoteSaved = declareEvent({
  type: 'NoteSaved',
  version: 1,
  payload: v.object({
    noteId: uuid,
    version: v.pipe(v.number(), v.integer(), v.minValue(1)),
    authorId: uuid,
    text: personalText('content'),
  }),
  personal: { text: 'content' },
  visibleTo: () => ['representatives', auditors],
});

export type NotesEvent = EventOf<typeof NoteSaved>;
