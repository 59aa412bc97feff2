import { types } from 'node:util';
import { printable } from '@deskside/event-store';
import { GraphQLError } from 'graphql';

/**
 * What an operator reads when the server cannot start: the cause and what to do, without a stack. In one line and in letters
 * that no terminal obeys, whatever the cause was read from.
 */
export function sentenceFor(error: unknown): string {
  return printable(wordsFor(error).replaceAll('\n', ' '));
}

function wordsFor(error: unknown): string {
  if (!types.isNativeError(error)) return String(error);
  const { port, path, address, hostname } = error as SystemError;
  const code = codeOf(error);
  if (code?.startsWith('ERR_OSSL'))
    return `DESKSIDE_TLS_CERT_FILE and DESKSIDE_TLS_KEY_FILE are no certificate and key of one pair (${error.message}).`;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program. Stop it, or set DESKSIDE_PORT to a free one.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `This machine has no address ${address ?? hostname}. Set DESKSIDE_HOST to one of its own, such as 127.0.0.1.`;
    case 'EEXIST':
    case 'ENOTDIR':
      return `${path} is a file where a folder is needed. Remove it, or choose another DESKSIDE_DATA_DIR.`;
    case 'LOG_READ_ONLY':
      return 'The event log is damaged and takes no writes. Start the server to see which event it is.';
    case 'EISDIR':
    case 'ERR_FS_EISDIR':
      return `${path} is a folder where a file is needed. Move it away; if there was a file of that name, restore it from a backup.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `The server may not use ${path ?? `port ${port}`}. Give it the right, or choose another in the settings.`;
    case 'ENOSPC':
    case 'LOG_DISK_FULL':
    case 'VAULT_FULL':
      return 'The disk is full. Make room and start again; nothing was lost.';
    case 'ENOENT':
      return `${path} is not there.`;
    default:
      return error.message;
  }
}

type SystemError = NodeJS.ErrnoException & { port?: number; address?: string; hostname?: string };

/** Of the system, or of a refusal of ours. */
function codeOf(error: Error): string | undefined {
  const refusal = error instanceof GraphQLError ? error.extensions['code'] : undefined;
  return typeof refusal === 'string' ? refusal : (error as SystemError).code;
}
