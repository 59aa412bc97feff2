import type { IntegrityEvent, LogFinding } from '@deskside/domain';
import { sentence } from './sentence';
import type { Sentence, SentenceValue } from './sentence';
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
  LogLossAccepted: ({ payload: { losses, findings = [], by } }) =>
    sentence('events.LogLossAccepted', { by: opened(by), losses: lossesIn(findings) ?? losses.join(' ') }),
};

type Finding<Kind extends LogFinding['kind']> = Extract<LogFinding, { kind: Kind }>;
type FindingTable = { readonly [Kind in LogFinding['kind']]: (finding: Finding<Kind>) => Sentence };

const found = (name: string, values: Sentence['values']): Sentence => sentence(`events.logFindings.${name}`, values);

const findingSentences: FindingTable = {
  changed: ({ stream, revision }) => found('changed', { stream, revision }),
  missing: ({ stream, from, to, isWhole }) => {
    if (isWhole) return found('missing.whole', { stream, count: Number(to) - Number(from) + 1 });
    return found(from === to ? 'missing.one' : 'missing.some', { stream, from, to });
  },
  inserted: ({ stream, revision }) => found('inserted', { stream, revision }),
  moved: ({ stream, revision }) => found('moved', { stream, revision }),
  gap: ({ from, to }) => found(from === to ? 'gap.one' : 'gap.some', { from, to }),
  short: (finding) => found('short', { found: finding.found, known: Number(finding.known) }),
  noHead: ({ position }) => found('noHead', { position }),
  otherEvents: ({ size }) => found('otherEvents', { size: Number(size) }),
  unsigned: ({ revision }) => found('unsigned', { revision }),
  otherKey: ({ key, known }) => found('otherKey', { key, known }),
};
const tellers = new Map(
  Object.entries(findingSentences as unknown as Readonly<Record<string, (finding: LogFinding) => Sentence>>),
);

/** Null in an event of an earlier version, and of a newer one that knows other kinds: their own sentences are shown then. */
function lossesIn(findings: readonly LogFinding[]): SentenceValue | null {
  const sentences = findings.flatMap((finding) => tellers.get(finding.kind)?.(finding) ?? []);
  return sentences.length > 0 && sentences.length === findings.length ? { sentences } : null;
}
