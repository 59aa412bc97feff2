import type { LogIncident } from '@deskside/event-store/sqlite';
import type { ReadModelIncident } from '@deskside/projections';
import type { VaultIncident } from '@deskside/vault/sqlite';
import type { Log } from './logger';

/** A small file that can be made anew, damaged or missed; the reason is one sentence. */
interface DamagedFile {
  readonly kind: 'damagedFile';
  readonly reason: string;
}

/** One line of the server's log each time something is found spoilt, lost or at work again. */
export function writeIncident(log: Log, incident: LogIncident | ReadModelIncident | VaultIncident | DamagedFile): void {
  switch (incident.kind) {
    case 'spoilt':
      return log.warn('read model spoilt', { model: incident.model, reason: incident.reason });
    case 'madeAgain':
      return log.info('read model made again', { model: incident.model });
    case 'workerLost':
      return log.warn('projection worker lost', { reason: incident.reason });
    case 'workerRestarted':
      return log.info('projection worker at work again');
    case 'vaultWriterLost':
      return log.warn('vault writer lost', { reason: incident.reason });
    case 'vaultWriterRestarted':
      return log.info('vault writer at work again');
    case 'vaultHindered':
      return log.warn('vault cannot be written', { reason: incident.reason });
    case 'textUnreadable':
      return log.warn('personal text cannot be read', { reason: incident.reason });
    case 'vaultFree':
      return log.info('vault can be written again');
    case 'writerLost':
      return log.warn('log writer lost', { reason: incident.reason });
    case 'writerRestarted':
      return log.info('log writer at work again');
    case 'logHindered':
      return log.warn('event log cannot be written', { reason: incident.reason });
    case 'logFree':
      return log.info('event log can be written again');
    case 'logDamaged':
      return log.warn('event log damaged, and read-only from now on', { reason: incident.reason });
    case 'logDamageFound':
      return log.warn('what is wrong with the event log', { reason: incident.reason });
    case 'logNotVerified':
      return log.warn('event log not read again', { reason: incident.reason });
    case 'damagedFile':
      return log.warn('file of the data folder damaged or missing', { reason: incident.reason });
    case 'writerGivenUp':
      return log.warn('log writer not started again', { reason: incident.reason });
  }
}
