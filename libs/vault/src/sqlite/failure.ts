import { DatabaseLocked, isDamage as isDamagedFile, SQLITE, sqliteCode } from '@deskside/sqlite';
import { SubjectErased } from '../subject-erased';
import { VaultFull } from '../vault-full';
import { VaultUnavailable } from '../vault-unavailable';
import { DoesNotOpen } from './does-not-open';
import type { Answer, Failure } from './writer-messages';

export function toFailure(error: unknown): Failure {
  if (error instanceof SubjectErased) return { code: 'SUBJECT_ERASED', owner: error.key };
  if (sqliteCode(error) === SQLITE.FULL) return { code: 'VAULT_FULL' };
  const message = error instanceof Error ? error.message : String(error);
  if (isDamage(error)) return { code: 'VAULT_DAMAGED', message: damaged(message) };
  return { code: error instanceof DatabaseLocked ? 'VAULT_UNAVAILABLE' : 'FAILED', message };
}

/** Pages, keys or secrets are not what was written. It does not pass. */
export function isDamage(error: unknown): boolean {
  return error instanceof DoesNotOpen || isDamagedFile(error);
}

export function damaged(message: string): string {
  return `its file is damaged (${message}); stop the server and restore it from a backup`;
}

/** What these answers say against the file: most failures are of the request alone. */
export function hindranceOf(answers: readonly Answer[], canWrite: () => boolean): string | null {
  const failures = answers.flatMap((answer) => ('failure' in answer ? [answer.failure] : []));
  if (failures.some(({ code }) => code === 'VAULT_FULL')) return 'its disk is full';
  const [failed] = failures.flatMap((failure) => (failure.code === 'FAILED' ? [failure.message] : []));
  return failed === undefined || canWrite() ? null : failed;
}

/** That the file is not what was written; null when no answer says so. */
export function damageIn(answers: readonly Answer[]): string | null {
  for (const answer of answers)
    if ('failure' in answer && answer.failure.code === 'VAULT_DAMAGED') return answer.failure.message;
  return null;
}

export function toError(failure: Failure): Error {
  switch (failure.code) {
    case 'SUBJECT_ERASED':
      return new SubjectErased(failure.owner);
    case 'VAULT_FULL':
      return new VaultFull();
    case 'VAULT_UNAVAILABLE':
    case 'VAULT_DAMAGED':
      return new VaultUnavailable(failure.message);
    case 'FAILED':
      return new Error(`The vault has failed: ${failure.message}.`);
  }
}
