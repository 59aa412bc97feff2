import { csrActivityQueries } from '@deskside/reports';
import { accountQueries } from '../accounts/account-queries';
import { alertQueries } from '../alerts/alert-queries';
import { deadlineQueries } from '../deadlines/deadline-queries';
import type { ProjectionState } from '../engine/projection-state';
import { gettingStartedQueries } from '../getting-started/getting-started-queries';
import { outgoingMailQueries } from '../outgoing-mail/outgoing-mail-queries';
import { peopleQueries } from '../people-and-search/people-queries';
import { sessionQueries } from '../sessions/session-queries';
import { siteHistoryQueries } from '../site-history/site-history-queries';
import { Desk } from './desk';
import type { ReadConnection } from './read-connection';
import type { ProjectionName, ProjectionsOptions, ReadModels } from './read-models';
import { projectionNames } from './read-models';
import { understood } from './understood-queries';
import { WorkerClient } from './worker-client';
import { startWorker } from './worker-thread';
import type { StartWorker } from './worker-thread';

/** Starts the worker thread and settles when every read model can be asked. @throws when log or vault cannot be opened. */
export async function startProjections(
  options: ProjectionsOptions,
  start: StartWorker = startWorker,
): Promise<ReadModels> {
  const { dataDir, log, vault } = options;
  const desk = new Desk(options, (message) => worker.send(message));
  const worker: WorkerClient = await WorkerClient.start({ dataDir, log, vault }, desk, start);
  return readModels(desk, worker);
}

function readModels(desk: Desk, worker: WorkerClient): ReadModels {
  const { processed, changes, board } = desk;
  const queries = <Queries extends object>(
    name: ProjectionName,
    queriesOf: (file: ReadConnection) => Queries,
  ): Queries => {
    const connection = desk.connections.get(name);
    if (connection === undefined) throw new Error(`There is no read model ${name}.`);
    return understood(connection, queriesOf(connection));
  };
  let closing: Promise<void> | undefined;
  return {
    sessions: queries('sessions', sessionQueries),
    accounts: queries('accounts', accountQueries),
    siteHistory: queries('site-history', siteHistoryQueries),
    deadlines: queries('deadlines', deadlineQueries),
    people: queries('people-and-search', peopleQueries),
    gettingStarted: queries('getting-started', gettingStartedQueries),
    outgoingMail: queries('outgoing-mail', outgoingMailQueries),
    alerts: queries('alerts', alertQueries),
    csrActivity: queries('csr-activity', csrActivityQueries),
    wake: (head) => desk.wake(head),
    position: (name) => processed.of(name),
    whenProcessed: (names, position, timeoutMs) => processed.when(names, position, timeoutMs),
    onChange: (name, listener) => changes.add(name, listener),
    states: () => named(board.states),
    onStates: (listener) => board.add((states) => listener(named(states))),
    rebuild: (name) => worker.ask({ kind: 'rebuild', name }),
    pause: async (name, paused) => void (await worker.ask({ kind: 'pause', name, paused })),
    close: () => {
      // The worker closes last: the last connection to a file takes its write-ahead log away.
      if (closing === undefined) {
        desk.close();
        closing = worker.close();
      }
      return closing;
    },
  };
}

function named(states: readonly ProjectionState[]): readonly ProjectionState<ProjectionName>[] {
  return states.filter((state): state is ProjectionState<ProjectionName> =>
    (projectionNames as readonly string[]).includes(state.name),
  );
}
