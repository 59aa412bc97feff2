import { parseArgs } from 'node:util';
import type { Settings } from '../settings/settings';
import { acceptLoss } from './accept-loss';
import type { Acceptance } from './accept-loss';
import { verifyLog } from './verify-log';
import type { Verdict } from './verify-log';

/** Between two lines on how far it has come. */
const tellEvery = 100_000;

/** `verify --from FOLDER|ADDRESS`. */
export async function verifyCommand(settings: Settings, args: readonly string[]): Promise<Verdict> {
  const { values } = parseArgs({ args: [...args], options: { from: { type: 'string' } } });
  if (values.from === undefined)
    throw new Error('Say what to verify: --from FOLDER, or the address of a KurrentDB server');
  let told = 0;
  return verifyLog(settings, values.from, (events) => {
    if (events < told + tellEvery) return;
    told = events;
    process.stderr.write(`${events.toLocaleString('en')} events\n`);
  });
}

/** `accept-loss [--findings CODE]`. */
export function acceptLossCommand(settings: Settings, args: readonly string[]): Promise<Acceptance> {
  const { values } = parseArgs({ args: [...args], options: { findings: { type: 'string' } } });
  return acceptLoss(settings, values.findings);
}
