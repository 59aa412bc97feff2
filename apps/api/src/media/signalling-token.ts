import type { IncomingMessage } from 'node:http';

/** `ambiguous`: another reader of the same request may find another token. `none`: nothing that could be one. */
export type FoundToken = { readonly token: string } | 'ambiguous' | 'none';

const inQuery = 'access_token';
const tokenShape = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * The token of somebody who comes to LiveKit. It takes the Authorization header, and the query only where there is no
 * header (its `pkg/service/auth.go`); whoever names a token twice, or so that only some readers see it, is turned away.
 */
export function tokenIn(request: Pick<IncomingMessage, 'url' | 'rawHeaders'>): FoundToken {
  // Node drops a second header silently.
  const headers = request.rawHeaders.filter((_, n, all) => n % 2 === 1 && /^authorization$/i.test(all[n - 1] ?? ''));
  const query = queryOf(request.url);
  const named = new URLSearchParams(query).getAll(inQuery);
  const isPlain = query.split('&').filter((pair) => pair.startsWith(`${inQuery}=`)).length === named.length;
  if (!isPlain || headers.length + named.length > 1) return 'ambiguous';
  const [token] = [...headers.map(bearer), ...named];
  return token !== undefined && tokenShape.test(token) ? { token } : 'none';
}

/** The same address without the token: LiveKit is told another one, by the header alone. */
export function withoutToken(pathAndQuery: string): string {
  const parameters = new URLSearchParams(queryOf(pathAndQuery));
  parameters.delete(inQuery);
  const [path = ''] = pathAndQuery.split('?');
  return parameters.size === 0 ? path : `${path}?${parameters.toString()}`;
}

function queryOf(url = ''): string {
  const begins = url.indexOf('?');
  return begins < 0 ? '' : url.slice(begins + 1);
}

/** LiveKit takes exactly this spelling. */
function bearer(header: string): string {
  return header.startsWith('Bearer ') ? header.slice('Bearer '.length) : '';
}
