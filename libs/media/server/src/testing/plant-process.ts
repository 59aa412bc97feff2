// A process of its own that starts a media server and then waits to be ended, as an API does: node --import
// tools/resolve-ts.mjs plant-process.ts FOLDER. It writes one line when media is ready.
import { PlantUnderTest } from './plant-under-test';

const [dataDir = ''] = process.argv.slice(2);
const started = PlantUnderTest.start({ dataDir });
// Before anybody is told that it is ready: whoever is told may end it at once.
process.on('SIGTERM', () => void started.plant.close().then(() => process.exit(0)));
const url = await started.ready();
process.stdout.write(`${JSON.stringify({ url, pid: started.own.pid })}\n`);
setInterval(() => undefined, 60_000);
