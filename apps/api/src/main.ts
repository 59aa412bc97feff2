import 'reflect-metadata';
import { backupCommand, restoreCommand } from './backup/commands';
import type { Done } from './backup/commands';
import { systemClock } from './clock/clock';
import type { Acceptance } from './integrity/accept-loss';
import { acceptLossCommand, verifyCommand } from './integrity/commands';
import type { Verdict } from './integrity/verify-log';
import { Limits } from './limits/limits';
import { Log } from './log/logger';
import { askRunningServer } from './node/control';
import { nodeStops, openNode } from './node/deskside-node';
import type { DesksideNode } from './node/deskside-node';
import { firstAdministratorTold, firstStart, recoverAdministrator } from './node/first-start';
import type { AdministratorSignIn } from './node/first-start';
import { sentenceFor } from './node/sentence-for';
import { serve } from './node/serve';
import type { RunningServer } from './node/serve';
import { stopInOrder } from './node/stop-in-order';
import { readSettings } from './settings/settings';
import type { Settings } from './settings/settings';

const commands: Readonly<Record<string, (settings: Settings) => Promise<void>>> = {
  serve: runServer,
  'admin:recover': recover,
  backup: async (settings) => sayDone(await backupCommand(settings, process.argv.slice(3))),
  restore: async (settings) => sayDone(await restoreCommand(settings, process.argv.slice(3))),
  verify: async (settings) => sayVerdict(await verifyCommand(settings, process.argv.slice(3))),
  'accept-loss': async (settings) => sayAccepted(await acceptLossCommand(settings, process.argv.slice(3))),
};

async function runServer(settings: Settings): Promise<void> {
  const onWaiting = (sentence: string): void => {
    if (process.send) process.send({ type: 'waiting', sentence });
  };
  // It may wait for its log for long; an end comes in between two tries. Listened to from here on without a gap: Node loses
  // a signal whose last listener goes away just as it comes.
  const ending = new AbortController();
  for (const signal of endings) process.on(signal as NodeJS.Signals, () => ending.abort());
  const server = await serve(settings, { onWaiting, signal: ending.signal }).catch((error: unknown) => {
    if (ending.signal.aborted) process.exit(0);
    throw error;
  });
  // A password that is shown once is told whatever has come meanwhile.
  const isToTell = !ending.signal.aborted || server.firstAdministrator !== null;
  const told = isToTell ? tell(settings, server) : Promise.resolve();
  const stop = (): void => void told.then(() => server.close()).then(() => process.exit(0), fail);
  ending.signal.addEventListener('abort', stop);
  if (ending.signal.aborted) stop();
}

/** That it serves, and the first administrator's sign-in, to the program that started it or else the terminal. */
async function tell(settings: Settings, { node, url, firstAdministrator: first }: RunningServer): Promise<void> {
  const addresses = { dashboardUrl: `${url}/dashboard/`, customerUrl: `${url}/`, dataDir: settings.DESKSIDE_DATA_DIR };
  const logDamage = damageSentence(settings, node);
  const ready = { type: 'ready', ...addresses, logDamage, ...(first === null ? {} : { firstAdministrator: first }) };
  try {
    if (process.send) await sendToParent(ready);
    else if (first !== null) await say(`First administrator: ${first.email}  ${first.password}`);
    if (first !== null) await firstAdministratorTold(node);
  } catch (error) {
    node.log.error('it could not be told that it serves, or not noted that it was', error);
  }
}

/** A supervisor's, a terminal's, and the end of the process that started this one. */
const endings = ['SIGINT', 'SIGTERM', 'disconnect'] as const;

async function recover(settings: Settings): Promise<void> {
  const answered = await askRunningServer(settings.DESKSIDE_DATA_DIR, { type: 'recoverAdministrator' });
  if (answered !== null && !answered.ok) throw new Error(answered.sentence);
  if (answered === null) await recoverAlone(settings);
  else await sayNew(answered.signIn);
}

/** No server runs: this process opens the log itself. */
async function recoverAlone(settings: Settings): Promise<void> {
  const node = await openNode({ settings, clock: systemClock, log: new Log('error'), limits: new Limits() });
  try {
    const first = await firstStart(node);
    await sayNew(first ?? (await recoverAdministrator(node)));
    if (first !== null) await firstAdministratorTold(node);
  } finally {
    // A password is shown once: whatever does not end well now, it must not be lost.
    await stopInOrder(nodeStops(node), node.log).catch(() => (process.exitCode = 1));
  }
}

function sayNew({ email, password }: AdministratorSignIn): Promise<void> {
  return say(`New administrator: ${email}  ${password}`);
}

/** Null while nothing is known against the log. */
function damageSentence({ DESKSIDE_DATA_DIR, DESKSIDE_LOG }: Settings, { store }: DesksideNode): string | null {
  const integrity = store.integrity();
  if (integrity.status !== 'damaged') return null;
  const from = DESKSIDE_LOG === undefined ? DESKSIDE_DATA_DIR : 'ADDRESS';
  return [
    `The log is read-only. ${integrity.reason}`,
    'All that is wrong with it:',
    `  npm run verify -- --from ${from}`,
    'Restore a backup if you have one. Whether the site can go on without it:',
    '  npm run accept-loss',
  ].join('\n');
}

async function sayVerdict({ isWhole, lines }: Verdict): Promise<void> {
  await sayAll(lines);
  if (!isWhole) process.exitCode = 1;
}

/** Done, but with a log that is not whole, is an end of its own kind: neither success nor failure. */
async function sayDone({ isWhole, lines }: Done): Promise<void> {
  await sayAll(lines);
  if (!isWhole) process.exitCode = 2;
}

async function sayAccepted({ status, lines }: Acceptance): Promise<void> {
  await sayAll(lines);
  if (status === 'notAccepted') process.exitCode = 1;
}

async function sayAll(lines: readonly string[]): Promise<void> {
  for (const line of lines) await say(line);
}

function say(line: string): Promise<void> {
  return new Promise((said, failed) => process.stdout.write(`${line}\n`, (error) => (error ? failed(error) : said())));
}

function sendToParent(message: object): Promise<void> {
  return new Promise((sent, failed) =>
    process.send?.(message, undefined, undefined, (error) => (error ? failed(error) : sent())),
  );
}

function fail(error: unknown): void {
  const sentence = sentenceFor(error);
  if (process.send) process.send({ type: 'failed', sentence }, () => process.exit(1));
  else {
    process.stderr.write(`${sentence}\n`);
    process.exit(1);
  }
}

// What this process makes is for its own user alone, whatever the data folder lets others see.
process.umask(0o077);
const command = commands[process.argv[2] ?? 'serve'];
if (command === undefined)
  fail(new Error(`There is no command ${process.argv[2]}. There are: ${Object.keys(commands).join(', ')}.`));
else
  Promise.resolve()
    .then(() => command(readSettings(process.env)))
    .catch(fail);
