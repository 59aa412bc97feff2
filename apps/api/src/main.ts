import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { backUp, restore } from './backup/backup';
import { systemClock } from './clock/clock';
import { Limits } from './limits/limits';
import { Log } from './log/logger';
import { askRunningServer } from './node/control';
import { nodeStops, openNode } from './node/deskside-node';
import { firstStart, recoverAdministrator } from './node/first-start';
import { sentenceFor } from './node/sentence-for';
import { serve } from './node/serve';
import type { RunningServer } from './node/serve';
import { stopInOrder } from './node/stop-in-order';
import { readSettings } from './settings/settings';
import type { Settings } from './settings/settings';

const commands: Readonly<Record<string, (settings: Settings) => Promise<void>>> = {
  serve: runServer,
  'admin:recover': recover,
  backup: async (settings) => {
    const to = folderOption('to');
    await backUp(settings, to);
    say(`Backed up to ${to}. Whoever has this folder can read everything in it.`);
  },
  restore: async (settings) => {
    const from = folderOption('from');
    restore(settings, from);
    say(`Restored into ${settings.DESKSIDE_DATA_DIR}. Start Deskside to use it.`);
  },
};

async function runServer(settings: Settings): Promise<void> {
  const onWaiting = (sentence: string): void => {
    if (process.send) process.send({ type: 'waiting', sentence });
  };
  // It may wait for its log for long; an end comes in between two tries.
  const ending = new AbortController();
  const end = (): void => ending.abort();
  for (const signal of endings) process.on(signal as NodeJS.Signals, end);
  const server = await serve(settings, { onWaiting, signal: ending.signal }).catch((error: unknown) => {
    if (ending.signal.aborted) process.exit(0);
    throw error;
  });
  for (const signal of endings) process.off(signal as NodeJS.Signals, end);
  if (ending.signal.aborted) return void (await server.close().then(() => process.exit(0)));
  // Before anybody is told that it serves: whoever is told may end it at once.
  endCleanly(server);
  const dashboardUrl = `${server.url}/dashboard/`;
  const customerUrl = `${server.url}/`;
  const ready = { type: 'ready', dashboardUrl, customerUrl, dataDir: settings.DESKSIDE_DATA_DIR };
  const first = server.firstAdministrator;
  if (process.send) process.send(first === null ? ready : { ...ready, firstAdministrator: first });
  else if (first !== null) say(`First administrator: ${first.email}  ${first.password}`);
}

/** A supervisor's, a terminal's, and the end of the process that started this one. */
const endings = ['SIGINT', 'SIGTERM', 'disconnect'] as const;

function endCleanly(server: RunningServer): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    server.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  for (const signal of endings) process.on(signal as NodeJS.Signals, stop);
}

async function recover(settings: Settings): Promise<void> {
  const answered = await askRunningServer(settings.DESKSIDE_DATA_DIR, { type: 'recoverAdministrator' });
  if (answered !== null && !answered.ok) throw new Error(answered.sentence);
  const { email, password } = answered?.signIn ?? (await recoverAlone(settings));
  say(`New administrator: ${email}  ${password}`);
}

/** No server runs: this process opens the log itself. */
async function recoverAlone(settings: Settings): ReturnType<typeof recoverAdministrator> {
  const node = await openNode({ settings, clock: systemClock, log: new Log('error'), limits: new Limits() });
  try {
    return (await firstStart(node)) ?? (await recoverAdministrator(node));
  } finally {
    // A password is shown once: whatever does not end well now, it must not be lost.
    await stopInOrder(nodeStops(node), node.log).catch(() => (process.exitCode = 1));
  }
}

function folderOption(name: 'to' | 'from'): string {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: { to: { type: 'string' }, from: { type: 'string' } },
  });
  const folder = values[name];
  if (folder === undefined) throw new Error(`Say which folder: --${name} FOLDER`);
  return folder;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
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
