/** What an operator reads when the server cannot start: the cause and what to do, without a stack. */
export function sentenceFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port, path } = error as NodeJS.ErrnoException & { port?: number };
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program. Stop it, or set DESKSIDE_PORT to a free one.`;
    case 'EACCES':
    case 'EPERM':
      return `The server may not use ${path ?? `port ${port}`}. Give it the right, or choose another in the settings.`;
    case 'ENOSPC':
      return 'The disk is full. Make room and start again; nothing was lost.';
    case 'ENOENT':
      return `${path} is not there.`;
    default:
      return error.message;
  }
}
