import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

const listens = '0A';

/**
 * Everything that a process listens at, TCP and UDP, as the kernel of Linux says (proc_pid_net(5)): the columns are
 * number, local address, remote address, state, ..., and the tenth is the inode, by which its files name a socket.
 */
export async function listeningSockets(pid: number): Promise<readonly string[]> {
  const own = await socketsOf(pid);
  const found = await Promise.all(
    ['tcp', 'tcp6', 'udp', 'udp6'].map(async (kind) => {
      const [, ...rows] = (await readFile(`/proc/${pid}/net/${kind}`, 'utf8')).trimEnd().split('\n');
      return rows
        .map((row) => row.trim().split(/\s+/))
        .filter(([, , , state]) => kind.startsWith('udp') || state === listens)
        .filter(({ 9: inode = '' }) => own.has(inode))
        .map(([, local = '']) => `${kind} ${readable(local)}`);
    }),
  );
  return found.flat().toSorted();
}

async function socketsOf(pid: number): Promise<ReadonlySet<string>> {
  const folder = `/proc/${pid}/fd`;
  const links = await Promise.all(
    (await readdir(folder)).map((file) => readlink(join(folder, file)).catch(() => 'closed meanwhile')),
  );
  return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
}

/** Hexadecimal, each word of four bytes backwards. */
function readable(local: string): string {
  const [address = '', port = ''] = local.split(':');
  const bytes = Buffer.from(address, 'hex').swap32();
  const shown =
    bytes.length === 4 ? bytes.join('.') : `[${bytes.every((byte) => byte === 0) ? '::' : bytes.toString('hex')}]`;
  return `${shown}:${parseInt(port, 16)}`;
}
