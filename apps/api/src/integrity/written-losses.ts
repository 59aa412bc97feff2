import type { LogFinding } from '@deskside/domain';
import { mostNeeded, sentenceOf } from '@deskside/event-store';
import type { LogAudit } from '@deskside/event-store';
import { keptFinding } from './kept-finding';

/** Of the many that there may be, these stand in the event. */
const mostLosses = 100;

/** What an event says was lost. */
export interface WrittenLosses {
  readonly losses: readonly string[];
  readonly findings: readonly LogFinding[];
}

export function writtenLosses({ findings }: Pick<LogAudit, 'findings'>): WrittenLosses {
  const named = mostNeeded(findings, mostLosses);
  return { losses: named.map(sentenceOf), findings: named.map(keptFinding) };
}
