import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { dataFiles } from '../files/data-files';
import type { DesksideNode } from './deskside-node';
import { recoverAdministrator } from './first-start';
import type { AdministratorSignIn } from './first-start';
import { sentenceFor } from './sentence-for';

/** What the commands beside the server ask of it: only one process writes the log. */
export type ControlRequest = { readonly type: 'recoverAdministrator' };
export type ControlAnswer =
  { readonly ok: true; readonly signIn: AdministratorSignIn } | { readonly ok: false; readonly sentence: string };

/** The longest path of a socket, bytes: `sun_path` of macOS has room for 104, of Linux for 108, with a zero at the end. */
const longestPath = 103;

/**
 * A socket that only this user of this machine reaches: in the data folder, or in a folder of his own among the temporary
 * ones when that path is too long for a socket; on Windows a named pipe.
 */
function controlPath(dataDir: string): string {
  const name = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 32);
  if (process.platform === 'win32') return `\\\\.\\pipe\\deskside-${name}`;
  const path = dataFiles(resolve(dataDir)).controlSocket;
  return Buffer.byteLength(path) <= longestPath ? path : join(ownTemporaryFolder(), `${name}.sock`);
}

/** @throws when somebody else has made a folder of that name to be asked instead of us. */
function ownTemporaryFolder(): string {
  const user = process.getuid?.() ?? 0;
  const folder = join(tmpdir(), `deskside-${user}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(folder);
  if (uid === user && (mode & 0o077) === 0) return folder;
  throw new Error(`${folder} can be used by others. Remove it, or choose a data folder with a shorter path.`);
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
        sentence: sentenceFor(error),
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

/** Not by `for await`, which would destroy the socket at its end, before the answer. */
async function readAll(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await once(socket, 'end');
  return text;
}
