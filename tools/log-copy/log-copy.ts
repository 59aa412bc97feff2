// npm run log:copy -- --from ADDRESS --to ADDRESS: moves the event log between a file and a KurrentDB server.
import { parseArgs } from 'node:util';
import { copyLog } from './copy-log';
import { openSource, openTarget } from './open-log';

const usage = `Say where from and where to, each a data folder, a log file or the address of a KurrentDB server:
npm run log:copy -- --from .deskside --to kurrentdb://user:password@db.example.com:2113`;

async function run(): Promise<void> {
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
  if (values.from === undefined || values.to === undefined) throw new Error(usage);
  const source = await openSource(values.from);
  const target = await openTarget(values.to).catch(async (error: unknown) => {
    await source.close();
    throw error;
  });
  try {
    const onProgress = (events: number): void => void process.stderr.write(`${events} events\n`);
    const { there, copied, streams, digest } = await copyLog({ source, target, onProgress });
    process.stdout.write(
      `${there + copied} events in ${streams} streams are the same in both logs; ${copied} were copied, ${there} were there.\n` +
        `SHA-256 over all of them in order: ${digest}\n`,
    );
  } finally {
    await source.close();
    await target.close();
  }
}

run().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
