import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';

/** Who floods the server, with what they have. */
export interface Hostile {
  readonly origin: string;
  readonly kind: 'feeds' | 'commands' | 'joins' | 'sockets';
  readonly bearer: string;
  readonly number: string;
  readonly address: string;
}

export const floods: readonly Hostile['kind'][] = ['feeds', 'commands', 'joins', 'sockets'];

/** While `work` runs one client floods the server. @returns what `work` gives, and how much the client has done */
export async function underFlood<T>(hostile: Hostile, work: () => Promise<T>): Promise<{ result: T; done: number }> {
  const resolver = new URL('../../resolve-ts.mjs', import.meta.url).href;
  const file = join(import.meta.dirname, 'hostile-client.ts');
  const child = spawn(process.execPath, ['--import', resolver, file, JSON.stringify(hostile)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  // It would have a machine of its own: here it takes only what nobody else wants of this one.
  setPriority(child.pid ?? 0, constants.priority.PRIORITY_LOW);
  try {
    const result = await work();
    child.send('done');
    const [answer] = (await once(child, 'message')) as [{ done: number }];
    return { result, done: answer.done };
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}
