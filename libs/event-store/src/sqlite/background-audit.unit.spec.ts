import { describe, expect, it } from '@jest/globals';
import { LogUnavailable } from '../event-store';
import type { LogDamage } from '../event-store';
import { LogAudit } from '../integrity/log-audit';
import { auditInBackground } from './background-audit';
import type { Audit } from './background-audit';
import { LogUnusable } from './log-schema';

const known = { hasRowPositions: true, head: null, elsewhere: null };

/** Each try meets what stands there, the last one a damaged log. */
function run(trouble: readonly Error[], end = new AbortController()): Promise<string[]> {
  const told: string[] = [];
  let tries = 0;
  const audit: Audit = async () => {
    const error = trouble[tries++];
    if (error !== undefined) throw error;
    const found = new LogAudit(known);
    found.fileDamaged('A page is damaged.');
    return found;
  };
  const done = auditInBackground(audit, {
    ...{ signal: end.signal, retryMs: 1 },
    onDamage: ({ reason }: LogDamage) => void told.push(reason),
    onFailure: (why) => void told.push(`failed: ${why}`),
  });
  return done.then(() => [...told, `${tries} tries`]);
}

describe('a log that is read again beside everything else', () => {
  const locked = new LogUnavailable({ code: 'LOG_UNAVAILABLE', sentence: 'It is locked.' });

  it('is tried again while it cannot be read', async () => {
    const troubles = [locked, new LogUnusable('LOG_IN_USE', 'It is locked.'), locked];
    expect(await run(troubles)).toEqual(['A page is damaged.', '4 tries']);
  });

  it('says what else has ended the reading', async () => {
    expect(await run([locked, new TypeError('x is not a function')])).toEqual([
      'failed: x is not a function',
      '2 tries',
    ]);
  });

  it('says nothing of an end that was wanted', async () => {
    const end = new AbortController();
    const reading = run([new Error('the pause was ended')], end);
    end.abort();
    expect(await reading).toEqual(['1 tries']);
  });
});
