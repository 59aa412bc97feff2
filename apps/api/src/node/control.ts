import { rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { join, resolve } from 'node:path';
import type { DesksideNode } from './deskside-node';
import { recoverAdministrator } from './first-start';
import type { AdministratorSignIn } from './first-start';

/** What the commands beside the server ask of it: only one process writes the log. */
export type ControlRequest = { readonly type: 'recoverAdministrator' };
export type ControlAnswer =
  { readonly ok: true; readonly signIn: AdministratorSignIn } | { readonly ok: false; readonly sentence: string };

/** A socket that only this user of this machine reaches: in the data folder (mode 0700), on Windows a named pipe. */
function controlPath(dataDir: string): string {
  if (process.platform === 'win32')
    return `\\\\.\\pipe\\deskside-${Buffer.from(resolve(dataDir)).toString('hex').slice(-60)}`;
  return join(dataDir, 'control.sock');
}

export async function openControl(node: DesksideNode): Promise<{ close(): Promise<void> }> {
  const path = controlPath(node.settings.DESKSIDE_DATA_DIR);
  // The log's lock is ours, so a socket that lies here belongs to a server that was killed.
  if (process.platform !== 'win32') rmSync(path, { force: true });
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    readAll(socket)
      .then((text) => answerRequest(node, JSON.parse(text) as ControlRequest))
      .catch((error: unknown): ControlAnswer => ({
        ok: false,
        sentence: error instanceof Error ? error.message : 'Unknown error.',
      }))
      .then(
        (result) => socket.end(JSON.stringify(result)),
        () => socket.destroy(),
      );
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(path, listening);
  });
  return { close: () => new Promise((closed) => server.close(() => closed())) };
}

async function answerRequest(node: DesksideNode, request: ControlRequest): Promise<ControlAnswer> {
  if (request.type !== 'recoverAdministrator') return { ok: false, sentence: 'The server does not know this request.' };
  return { ok: true, signIn: await recoverAdministrator(node) };
}

/** Asks the running server. Null when none runs. */
export async function askRunningServer(dataDir: string, request: ControlRequest): Promise<ControlAnswer | null> {
  const socket = createConnection(controlPath(dataDir));
  const connected = await new Promise<boolean>((settle) => {
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
  if (!connected) return null;
  socket.end(JSON.stringify(request));
  return JSON.parse(await readAll(socket)) as ControlAnswer;
}

async function readAll(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('utf8');
  for await (const chunk of socket) text += String(chunk);
  return text;
}
