import { logFinding } from '@deskside/domain';
import type { LogFinding } from '@deskside/domain';
import type { Finding } from '@deskside/event-store';
import * as v from 'valibot';

/** As it stands in an event. @throws for what nobody can accept: an event is for ever, and has no words for that */
export function keptFinding(finding: Finding): LogFinding {
  const fields = Object.entries(finding).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'bigint' ? value.toString() : value,
  ]);
  return v.parse(logFinding, Object.fromEntries(fields));
}
