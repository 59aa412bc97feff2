import type { Position } from '@deskside/event-store';
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
import { ChangeListeners } from './change-listeners';
import { ProcessedPositions } from './processed-positions';
import { ReadConnection } from './read-connection';
import type { ProjectionName, ProjectionsOptions, ReadModels } from './read-models';
import { projectionNames } from './read-models';
import { StateBoard } from './state-board';
import { WorkerClient } from './worker-client';
import type { Ready, Told } from './worker-client';

/** What the main thread holds of the read models between two messages of the worker. */
interface Desk {
  readonly connections: Map<string, ReadConnection>;
  readonly processed: ProcessedPositions;
  readonly changes: ChangeListeners;
  readonly board: StateBoard;
}

function openDesk(ready: Ready, positions: ProjectionsOptions['positions']): Desk {
  const connections = new Map(Object.entries(ready.files).map(([name, file]) => [name, new ReadConnection(file)]));
  const processed = new ProcessedPositions(positions);
  for (const { name, position } of ready.states) if (position !== null) processed.advance([name], position);
  return { connections, processed, changes: new ChangeListeners(), board: new StateBoard(ready.states) };
}

function receive(desk: Desk, message: Told, moved: (name: string) => void): void {
  switch (message.kind) {
    case 'committed':
      desk.processed.advance(message.names, message.position);
      desk.board.committed(message.names, message.position);
      return desk.changes.changed(message.changed, message.position);
    case 'states':
      return desk.board.replace(message.states);
    case 'switched':
      desk.connections.get(message.name)?.moveTo(message.file);
      return moved(message.name);
  }
}

function closeDesk(desk: Desk): void {
  desk.processed.close();
  desk.changes.close();
  desk.board.close();
  for (const connection of desk.connections.values()) connection.close();
  // A switch that is still on its way finds nothing to move.
  desk.connections.clear();
}

/** Starts the worker thread and settles when every read model can be asked. @throws when log or vault cannot be opened. */
export async function startProjections(options: ProjectionsOptions): Promise<ReadModels> {
  const { positions, dataDir, log, vault } = options;
  let desk: Desk | undefined;
  const worker: WorkerClient = await WorkerClient.start({ dataDir, log, vault }, (ready) => {
    const opened = openDesk(ready, positions);
    desk = opened;
    return {
      told: (message) => receive(opened, message, (name) => worker.send({ kind: 'moved', name })),
      lost: (reason) => opened.board.stopped(reason),
    };
  });
  if (desk === undefined) throw new Error('The projection worker did not answer its start.');
  return readModels(desk, worker);
}

function readModels(desk: Desk, worker: WorkerClient): ReadModels {
  const { processed, changes, board } = desk;
  const connection = (name: ProjectionName): ReadConnection => {
    const found = desk.connections.get(name);
    if (found === undefined) throw new Error(`There is no read model ${name}.`);
    return found;
  };
  let closing: Promise<void> | undefined;
  return {
    sessions: sessionQueries(connection('sessions')),
    accounts: accountQueries(connection('accounts')),
    siteHistory: siteHistoryQueries(connection('site-history')),
    deadlines: deadlineQueries(connection('deadlines')),
    people: peopleQueries(connection('people-and-search')),
    gettingStarted: gettingStartedQueries(connection('getting-started')),
    outgoingMail: outgoingMailQueries(connection('outgoing-mail')),
    alerts: alertQueries(connection('alerts')),
    csrActivity: csrActivityQueries(connection('csr-activity')),
    wake: (head: Position) => worker.send({ kind: 'wake', head }),
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
        closeDesk(desk);
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
