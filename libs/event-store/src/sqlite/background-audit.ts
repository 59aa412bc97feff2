import { setTimeout as sleep } from 'node:timers/promises';
import { LogUnavailable } from '../event-store';
import type { LogDamage } from '../event-store';
import { damageOf } from '../integrity';
import type { AuditOptions, LogAudit } from '../integrity';
import { LogUnusable } from './log-schema';

/** Events read between two looks at the waiting appends, about 2 ms. */
const PAGE = 500;
/** Pause between two pages: it has time. */
const PAUSE_MS = 10;
/** Before it begins once more, when the file could not be read. */
const RETRY_MS = 10_000;

export type Audit = (options: Pick<AuditOptions, 'pageSize' | 'pause' | 'onFirstFinding'>) => Promise<LogAudit>;

export interface BackgroundAudit {
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Told with the first finding, and with all of them at the end. */
  readonly onDamage: (damage: LogDamage) => void;
  /** It cannot go on; the next start does it. */
  readonly onFailure: (why: string) => void;
  readonly retryMs?: number;
}

/**
 * Reads once more what earlier starts have verified: a medium may change bytes while nobody looks, and what was taken away
 * with care only shows against the checkpoints.
 */
export async function auditInBackground(audit: Audit, background: BackgroundAudit): Promise<void> {
  const { signal, onDamage, onFailure, retryMs = RETRY_MS } = background;
  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal, ref: false });
  const look = (found: LogAudit): void => {
    const damage = damageOf(found);
    if (damage !== null) onDamage(damage);
  };
  while (!signal.aborted) {
    try {
      return look(await audit({ pageSize: PAGE, pause: () => pause(PAUSE_MS), onFirstFinding: look }));
    } catch (error) {
      if (signal.aborted) return;
      if (!mayPass(error)) return onFailure(error instanceof Error ? error.message : String(error));
    }
    await pause(retryMs).catch(() => undefined);
  }
}

/** Another process has the file locked, or the disk gives nothing just now. */
function mayPass(error: unknown): boolean {
  return error instanceof LogUnavailable || (error instanceof LogUnusable && error.code !== 'LOG_UNREADABLE');
}
