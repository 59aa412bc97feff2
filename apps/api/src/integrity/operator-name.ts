import { userInfo } from 'node:os';

/** Under which name somebody works on this machine: in a container their number may have none. */
export function operatorName(read: () => { readonly username: string } = userInfo): string {
  try {
    return read().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
