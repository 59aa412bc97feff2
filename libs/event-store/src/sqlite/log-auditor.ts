import type { DatabaseSync } from 'node:sqlite';
import type { LogDamage } from '../event-store';
import { auditLog, damageOf } from '../integrity';
import type { AuditOptions, KnownHead, LogAudit, WhatIsLeft } from '../integrity';
import { auditInBackground } from './background-audit';
import type { BackgroundAudit } from './background-audit';
import { openSqliteLogReader } from './sqlite-log-reader';
import { doubtAbout } from './start-check';
import { openWhatIsLeft } from './what-is-left';

/** Reads a whole log: before anything is written to it, where it is in doubt, and beside everything else. */
export class LogAuditor {
  readonly #file: string;
  readonly #head: KnownHead | null;

  /** @param head what stands beside the log, from before anything is written to it */
  constructor(file: string, head: KnownHead | null) {
    this.#file = file;
    this.#head = head;
  }

  /** What exactly is wrong takes as long as reading the whole log. */
  async damageAtStart(db: DatabaseSync): Promise<LogDamage | null> {
    const doubt = doubtAbout(db, this.#head);
    if (doubt === null) return null;
    const ofFile: LogDamage = { status: 'damaged', place: null, reason: doubt.reason };
    return damageOf(await this.#audit({})) ?? (doubt.isCertain ? ofFile : null);
  }

  inBackground(background: BackgroundAudit): Promise<void> {
    return auditInBackground((options) => this.#audit(options), background);
  }

  async #audit(options: Pick<AuditOptions, 'pageSize' | 'pause' | 'onFirstFinding'>): Promise<LogAudit> {
    const reader = await openSqliteLogReader({ file: this.#file });
    try {
      const whatIsLeft = (): Promise<WhatIsLeft> => openWhatIsLeft({ file: this.#file });
      const known = { head: this.#head, hasRowPositions: true, elsewhere: null };
      return await auditLog(reader, { ...options, ...known, whatIsLeft });
    } finally {
      await reader.close();
    }
  }
}
