import type { Position } from '@deskside/event-store';
import { sentenceOfSpoilt } from '../engine/projection-state';
import type { ProjectionState } from '../engine/projection-state';
import { ChangeListeners } from './change-listeners';
import { incidentsBetween } from './incidents';
import type { ReadModelIncident } from './incidents';
import { ProcessedPositions } from './processed-positions';
import { ReadConnection } from './read-connection';
import type { ProjectionName, ProjectionsOptions } from './read-models';
import { projectionNames } from './read-models';
import { StateBoard } from './state-board';
import type { Told, WorkerEvents } from './worker-client';
import type { Ready } from './worker-thread';
import type { ToWorker } from '../worker/worker-messages';

type DeskOptions = Pick<ProjectionsOptions, 'positions' | 'onIncident'>;

/** What the main thread holds of the read models between two messages of the worker. */
export class Desk implements WorkerEvents {
  readonly connections: ReadonlyMap<ProjectionName, ReadConnection>;
  readonly processed: ProcessedPositions;
  readonly changes = new ChangeListeners();
  readonly board = new StateBoard();
  readonly #options: DeskOptions;
  readonly #send: (message: ToWorker) => void;
  #head: Position | null = null;
  #isLost = false;
  #closed = false;

  /** @param send what the worker is told; nothing while there is none */
  constructor(options: DeskOptions, send: (message: ToWorker) => void) {
    this.#options = options;
    this.#send = send;
    this.processed = new ProcessedPositions(options.positions);
    this.connections = new Map(projectionNames.map((name) => [name, this.#connection(name)]));
  }

  wake(head: Position): void {
    this.#head = head;
    this.#send({ kind: 'wake', head });
  }

  ready({ files, states, damagedFiles }: Ready): void {
    if (this.#closed) return;
    this.#tell(damagedFiles.map((reason) => ({ kind: 'damagedFile', reason })));
    for (const [name, connection] of this.connections) connection.moveTo(files[name] ?? '');
    for (const { name, position } of states) this.processed.restart(name, position);
    this.#heard(states);
    if (this.#isLost) this.#tell([{ kind: 'workerRestarted' }]);
    this.#isLost = false;
    // What was written while there was no worker woke nobody.
    if (this.#head !== null) this.wake(this.#head);
  }

  told(message: Told): void {
    // The worker waits for the word that the old file may go, also while all is being closed.
    if (this.#closed)
      return message.kind === 'switched' ? this.#send({ kind: 'moved', name: message.name }) : undefined;
    switch (message.kind) {
      case 'committed':
        this.processed.advance(message.names, message.position);
        this.board.committed(message.names, message.position);
        return this.changes.changed(message.changed, message.position);
      case 'states':
        return this.#heard(message.states);
      case 'switched':
        this.connections.get(message.name as ProjectionName)?.moveTo(message.file);
        return this.#send({ kind: 'moved', name: message.name });
      case 'textUnreadable':
        return this.#tell([message]);
    }
  }

  lost(reason: string): void {
    this.#isLost = true;
    this.board.stopped(reason);
    this.#tell([{ kind: 'workerLost', reason }]);
  }

  close(): void {
    this.#closed = true;
    this.processed.close();
    this.changes.close();
    this.board.close();
    for (const connection of this.connections.values()) connection.close();
  }

  #connection(name: ProjectionName): ReadConnection {
    return new ReadConnection(name, '', (file, reason) => {
      this.#send({ kind: 'spoilt', name, file, reason });
      this.processed.hold(name);
      this.#show(this.board.states);
    });
  }

  /** What the worker found spoilt this thread must not ask any more. */
  #heard(states: readonly ProjectionState[]): void {
    for (const { name, spoilt, lastError } of states) {
      if (!spoilt) continue;
      this.connections.get(name as ProjectionName)?.refuse(lastError ?? '');
      this.processed.hold(name);
    }
    this.#show(states);
  }

  #show(told: readonly ProjectionState[]): void {
    const states = told.map((state) => this.#seenFromHere(state));
    this.#tell(incidentsBetween(this.board.states, states));
    this.board.replace(states);
  }

  #tell(incidents: readonly ReadModelIncident[]): void {
    for (const incident of incidents) this.#options.onIncident?.(incident);
  }

  /** What this thread found the worker may not know yet. */
  #seenFromHere(state: ProjectionState): ProjectionState {
    const reason = this.connections.get(state.name as ProjectionName)?.spoilt ?? null;
    if (state.spoilt || reason === null) return state;
    return { ...state, status: 'rebuilding', spoilt: true, lastError: sentenceOfSpoilt(reason) };
  }
}
