import type { IntegrityEvent } from '@deskside/domain';
import { sentence } from './sentence';
import { opened } from './sentence-table';
import type { SentenceTable } from './sentence-table';

export const integritySentences: SentenceTable<IntegrityEvent> = {
  LogCheckpointSigned: ({ payload }) =>
    sentence('events.LogCheckpointSigned', { count: Number(payload.checkpoint.size) }),
  LogRestored: ({ payload: { checkpoint, newer, by } }) => {
    const values = { by: opened(by), count: Number(checkpoint.size) };
    return newer === null
      ? sentence('events.LogRestored.nothingNewerKnown', values)
      : sentence('events.LogRestored.newerKnown', { ...values, known: Number(newer.size) });
  },
  LogLossAccepted: ({ payload: { losses, by } }) =>
    sentence('events.LogLossAccepted', { by: opened(by), losses: losses.join(' ') }),
};
