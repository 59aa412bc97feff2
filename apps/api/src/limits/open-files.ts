import { holdings, strangers } from './limits';
import type { LimitsOptions } from './limits';

/** Descriptors for the log, the vault, the read models, their temporary files and the server's own pipes. */
const forFiles = 500;

/**
 * The limits, or lower ones that fit what this process may open: one without a free descriptor can open no file either. A
 * connection to the media server's signalling takes two, so a third is kept back. No address gets more than an eighth.
 * @param openFiles descriptors that the process may have; undefined when the system does not say
 */
export function limitsFor(openFiles: number | undefined, options: LimitsOptions = {}): LimitsOptions {
  if (openFiles === undefined) return options;
  const connections = atMost(holdings.connections, ((openFiles - forFiles) * 2) / 3);
  const fitting = {
    connections,
    connectionsOfAddress: atMost(holdings.connectionsOfAddress, connections / 8),
    sockets: atMost(holdings.sockets, (connections * 2) / 3),
    socketsOfAddress: atMost(holdings.socketsOfAddress, connections / 10),
  };
  return {
    ...options,
    holdings: { ...fitting, ...options.holdings },
    strangers: { strangers: atMost(strangers.strangers, connections / 5), ...options.strangers },
  };
}

function atMost(limit: number, fitting: number): number {
  return Math.max(1, Math.min(limit, Math.floor(fitting)));
}

/** Node has raised the soft limit to the hard one when it started. */
export function openFilesOfThisProcess(): number | undefined {
  // Without it the report asks for the name of each address that the process is connected to. Not in the types yet.
  const report = Object.assign(process.report, { excludeNetwork: true });
  const { userLimits } = report.getReport() as { userLimits?: { open_files?: { soft?: unknown } } };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : undefined;
}
