import { join } from 'node:path';
import type { EventStore, Position } from '@deskside/event-store';
import type { Vault } from '@deskside/vault';
import type { ReadModelIncident } from '../main/incidents';
import { projectionNames } from '../main/read-models';
import type { ReadModels } from '../main/read-models';
import { startProjections } from '../main/start-projections';
import type { StartWorker } from '../main/worker-thread';
import { temporaryFolder } from './engine-run';
import { SampleHistory } from './sample-history';
import { SampleLogWriter, sealLater } from './sample-log-writer';

/** A log, a vault and the read models of both in a folder of their own, and what the read models have told so far. */
export class NodeUnderTest {
  readonly folder: ReturnType<typeof temporaryFolder>;
  readonly store: EventStore;
  readonly vault: Vault;
  readonly writer: SampleLogWriter;
  readonly incidents: ReadModelIncident[] = [];
  models!: ReadModels;
  readonly #watchers = new Set<() => void>();

  private constructor(
    folder: ReturnType<typeof temporaryFolder>,
    { store, vault }: { readonly store: EventStore; readonly vault: Vault },
  ) {
    this.folder = folder;
    this.store = store;
    this.vault = vault;
    this.writer = new SampleLogWriter(store, vault);
  }

  /** @param openParts makes log.db, vault.db and master.key in the folder */
  static async open(
    openParts: (folder: string) => Promise<{ readonly store: EventStore; readonly vault: Vault }>,
    start?: StartWorker,
  ): Promise<NodeUnderTest> {
    const folder = temporaryFolder();
    const node = new NodeUnderTest(folder, await openParts(folder.path));
    await node.startModels(start);
    return node;
  }

  async startModels(start?: StartWorker): Promise<void> {
    const { path: dataDir } = this.folder;
    const file = (name: string): string => join(dataDir, name);
    this.models = await startProjections(
      {
        dataDir,
        log: { kind: 'sqlite', file: file('log.db') },
        vault: { kind: 'sqlite', file: file('vault.db'), masterKeyFile: file('master.key') },
        positions: this.store,
        onIncident: (incident) => {
          this.incidents.push(incident);
          this.#look();
        },
      },
      start,
    );
    this.models.onStates(() => this.#look());
    this.store.onCommitted((head) => this.models.wake(head));
  }

  /** Writes sessions, and waits until every model shows them. */
  async append(sessions: number, seed: number): Promise<Position> {
    const position = await this.writer.append([...new SampleHistory({ sessions, seed, seal: sealLater }).events()]);
    if (!(await this.models.whenProcessed(projectionNames, position, 30_000)))
      throw new Error('The read models are behind.');
    return position;
  }

  /** Settles when it is so; asked again after each thing that the read models tell. */
  async until(isSo: () => boolean): Promise<void> {
    if (isSo()) return;
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (!isSo()) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
    });
  }

  /** How often it was told. */
  count(kind: ReadModelIncident['kind']): number {
    return this.incidents.filter((incident) => incident.kind === kind).length;
  }

  async close(): Promise<void> {
    await this.models.close();
    await this.store.close();
    await this.vault.close();
    this.folder.remove();
  }

  #look(): void {
    for (const look of [...this.#watchers]) look();
  }
}
