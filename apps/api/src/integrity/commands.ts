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
  return verifyLog(settings, values.from, told(process.stderr));
}

/** Told after each page how many events were read; a log of which a part cannot be read is read once more from its beginning. */
export function told(to: { write(text: string): unknown }): (events: number) => void {
  let last = 0;
  return (events) => {
    if (events < last) last = 0;
    if (events < last + tellEvery) return;
    last = events;
    to.write(`${events.toLocaleString('en')} events\n`);
  };
}

/** `accept-loss [--findings CODE]`. */
export function acceptLossCommand(settings: Settings, args: readonly string[]): Promise<Acceptance> {
  const { values } = parseArgs({ args: [...args], options: { findings: { type: 'string' } } });
  return acceptLoss(settings, values.findings);
}
