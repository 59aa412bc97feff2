import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect as connectPlain, isIP } from 'node:net';
import { connect as connectByTls } from 'node:tls';
import type { LogTrouble } from '../event-store';
import type { LogAddress } from './log-address';

/** How long one server is given to take a connection, ms. */
const CONNECT_MS = 3000;
const UNAUTHENTICATED = 16; // https://grpc.github.io/grpc/core/md_doc_statuscodes.html

/** What the package says of a failed call: its kind, and gRPC's own status where there is one. */
interface CallError {
  readonly type?: string;
  readonly code?: number;
  readonly message?: string;
}

/** Troubles that the server itself has named; null when it was silent, so that the way to it must be looked at. */
export function namedTrouble(error: unknown, { shown, user }: LogAddress): LogTrouble | null {
  const { type, code, message = '' } = (error ?? {}) as CallError;
  const who = user === null ? 'nobody in particular' : user;
  if (code === UNAUTHENTICATED || /unauthenticated/i.test(message))
    return {
      code: 'LOG_CREDENTIALS_REFUSED',
      sentence: `The event log at ${shown} refuses the name or the password of ${who}. Set right ones in DESKSIDE_LOG.`,
    };
  if (type === 'access-denied')
    return {
      code: 'LOG_FORBIDDEN',
      sentence: `The event log at ${shown} lets ${who} not read all events or not write. Give that account the right to $all and to its streams.`,
    };
  if (/no space left|not enough space|disk (is )?full/i.test(message))
    return {
      code: 'LOG_DISK_FULL',
      sentence: `The disk of the event log at ${shown} is full. Make room there; nothing that was acknowledged is lost.`,
    };
  return null;
}

/** Why a silent server is silent, found out by connecting to each of its addresses. */
export async function wayTrouble(address: LogAddress, answer: unknown): Promise<LogTrouble> {
  const { shown, hosts } = address;
  const reasons = await Promise.all(hosts.map((host) => tryToConnect(host, address)));
  const untrusted = reasons.find((reason) => reason !== null && isCertificateError(reason.code));
  if (untrusted)
    return {
      code: 'LOG_UNTRUSTED',
      sentence: `The event log at ${shown} shows a certificate that this machine does not trust (${untrusted.code}). Name the file of its authority in DESKSIDE_LOG by tlsCaFile=.`,
    };
  const [reason] = reasons.filter((each) => each !== null);
  const because = reason?.sentence ?? `it took the connection and gave no answer (${saidBy(answer)})`;
  return { code: 'LOG_UNAVAILABLE', sentence: `The event log at ${shown} cannot be reached: ${because}.` };
}

function saidBy(answer: unknown): string {
  return answer instanceof Error && answer.message !== '' ? answer.message.replace(/\.$/, '') : 'nothing was said';
}

interface ConnectFailure {
  readonly code: string;
  readonly sentence: string;
}

async function tryToConnect(
  { host, port }: LogAddress['hosts'][number],
  { tls, caFile, verifiesCertificate }: LogAddress,
): Promise<ConnectFailure | null> {
  // RFC 6066, section 3: a server name is never an address, and the package's connections always say one.
  if (tls && isIP(host) !== 0)
    return { code: 'NO_NAME', sentence: 'by TLS a server is reached by its name, not by an IP address' };
  const signal = AbortSignal.timeout(CONNECT_MS);
  const trust = { rejectUnauthorized: verifiesCertificate, ...(caFile !== null && { ca: readFileSync(caFile) }) };
  const socket = tls
    ? connectByTls({ host, port, servername: host, ALPNProtocols: ['h2'], ...trust })
    : connectPlain({ host, port });
  try {
    await once(socket, tls ? 'secureConnect' : 'connect', { signal });
    return null;
  } catch (error) {
    return connectFailure(error, signal.aborted);
  } finally {
    socket.destroy();
  }
}

const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (ECONNREFUSED)',
  ENOTFOUND: 'there is no machine of that name (ENOTFOUND)',
  EAI_AGAIN: 'that name could not be looked up (EAI_AGAIN)',
  EHOSTUNREACH: 'there is no way to that machine (EHOSTUNREACH)',
  ENETUNREACH: 'there is no way to that network (ENETUNREACH)',
  ERR_SSL_WRONG_VERSION_NUMBER: 'the server there does not speak TLS; switch it on, or add tls=false to DESKSIDE_LOG',
};

function connectFailure(error: unknown, isLate: boolean): ConnectFailure {
  if (isLate) return { code: 'ETIMEDOUT', sentence: `it took no connection within ${CONNECT_MS / 1000} seconds` };
  const { code = 'UNKNOWN', message } = error as NodeJS.ErrnoException;
  return { code, sentence: sentences[code] ?? `${message} (${code})` };
}

/** Error codes of OpenSSL's chain check as Node names them: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
function isCertificateError(code: string): boolean {
  return /CERT|UNABLE_TO_|_SIGNATURE|ERR_TLS_/.test(code);
}
