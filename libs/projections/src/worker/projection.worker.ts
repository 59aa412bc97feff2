import { parentPort, workerData } from 'node:worker_threads';
import { allProjections } from '../all-projections';
import { ProjectionEngine } from '../engine/projection-engine';
import type { EngineObserver } from '../engine/engine-reports';
import { openLog } from './open-log';
import { openVault } from './open-vault';
import type { FromWorker, ToWorker } from './worker-messages';
import type { WorkerSettings } from './worker-settings';

const settings = workerData as WorkerSettings;
const damagedFiles: string[] = [];
const moved = new Map<string, () => void>();

function send(message: FromWorker): void {
  parentPort?.postMessage(message);
}

const observer: EngineObserver = {
  committed: (commit) => send({ kind: 'committed', ...commit }),
  states: (states) => send({ kind: 'states', states }),
  switched: (name, file) =>
    new Promise((resolve) => {
      moved.set(name, resolve);
      send({ kind: 'switched', name, file });
    }),
  damagedFile: (sentence) => void damagedFiles.push(sentence),
};

function receive(engine: ProjectionEngine, message: ToWorker): void {
  switch (message.kind) {
    case 'wake':
      return engine.wake(message.head);
    case 'rebuild':
      void engine.rebuild(message.name).then((result) => send({ kind: 'answer', id: message.id, result }));
      return;
    case 'pause':
      void engine
        .pause(message.name, message.paused)
        .then(() => send({ kind: 'answer', id: message.id, result: { ok: true } }));
      return;
    case 'moved':
      return moved.get(message.name)?.();
    case 'spoilt':
      return engine.spoilt(message.name, message.file, message.reason);
    case 'close':
      return engine.close();
  }
}

/** Until the main thread says close. What it throws ends the thread, and the main thread shows it. */
async function work(): Promise<void> {
  const log = await openLog(settings.log);
  const vault = await openVault(settings.vault, (reason) => send({ kind: 'textUnreadable', reason }));
  const { dataDir } = settings;
  const openText = vault.open.bind(vault);
  const engine = await ProjectionEngine.open({ dataDir, projections: allProjections, log, openText, observer });
  parentPort?.on('message', (message: ToWorker) => receive(engine, message));
  send({ kind: 'ready', files: engine.files(), states: engine.states(), damagedFiles });
  await engine.run();
  await log.reader.close();
  await vault.close();
  send({ kind: 'closed' });
}

await work().catch((error: unknown) => {
  send({ kind: 'unusable', message: error instanceof Error ? error.message : String(error) });
  throw error;
});
