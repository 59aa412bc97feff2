import { holdings } from './limits';

/** Descriptors for the log, the vault, the read models, their temporary files and the server's own pipes. */
const forFiles = 500;

/**
 * How many connections this process may have: the limit, or what its file descriptors allow, since a process without a free
 * one can open no file either. A connection to the media server's signalling takes two, so a third is kept back.
 * @param openFiles descriptors that the process may have; undefined when the system does not say
 */
export function mostConnections(openFiles = openFilesOfThisProcess()): number {
  if (openFiles === undefined) return holdings.connections;
  return Math.max(1, Math.min(holdings.connections, Math.floor(((openFiles - forFiles) * 2) / 3)));
}

/** Node has raised the soft limit to the hard one when it started. */
export function openFilesOfThisProcess(): number | undefined {
  // Without it the report asks for the name of each address that the process is connected to. Not in the types yet.
  const report = Object.assign(process.report, { excludeNetwork: true });
  const { userLimits } = report.getReport() as { userLimits?: { open_files?: { soft?: unknown } } };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : undefined;
}
