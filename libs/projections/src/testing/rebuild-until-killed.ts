import { argv, kill, pid } from 'node:process';
import { allProjections } from '../all-projections';
import { ProjectionEngine } from '../engine/projection-engine';
import { MemoryLog } from './memory-log';
import { MemoryVault } from './memory-vault';
import { SampleHistory } from './sample-history';

/** Run as a process of its own: rebuilds the sessions and dies at the place that it is told, without a chance to tidy up. */
const [dataDir = '', place = '', sessions = '0', seed = '0'] = argv.slice(2);
const vault = new MemoryVault();
const log = new MemoryLog();
log.append(...new SampleHistory({ sessions: Number(sessions), seed: Number(seed), seal: vault.seal }).events());

const dieAt = (here: string): void => void (here === place && kill(pid, 'SIGKILL'));
let pages = 0;
log.afterPage = () => {
  pages += 1;
  dieAt(`page ${pages}`);
};

const engine = await ProjectionEngine.open({
  dataDir,
  projections: allProjections,
  log,
  openText: vault.open,
  observer: {
    committed: () => undefined,
    states: () => undefined,
    switched: async () => dieAt('switch'),
    damagedFile: () => undefined,
  },
});
const running = engine.run();
await engine.rebuild('sessions');
engine.close();
await running;
