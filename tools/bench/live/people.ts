import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';

export interface CsrAtWork {
  readonly cookie: string;
  readonly address: string;
}

export interface LiveSession {
  readonly sessionId: string;
  /** Nine digits. */
  readonly number: string;
  readonly csr: CsrAtWork;
  readonly csrParticipantId: string;
  readonly bearer: string;
  readonly customerParticipantId: string;
  readonly customerAddress: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const operationsFile = join(import.meta.dirname, '../../../dist/apps/customer-operations.json');
const customerTexts: readonly string[] = Object.values(JSON.parse(readFileSync(operationsFile, 'utf8')) as object);

/** The customer pages' own text of an operation: the endpoint takes no other. */
export function customerOperation(name: string): string {
  const text = customerTexts.find((candidate) =>
    new RegExp(`(query|mutation|subscription) \\w*${name}\\b`, 'i').test(candidate),
  );
  if (text === undefined) throw new Error(`The customer pages have no operation ${name}.`);
  return text;
}

interface Answer {
  readonly data: Record<string, unknown>;
  readonly cookie: string;
}

interface Post {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * One GraphQL request over a kept-alive connection; when that was closed in the same moment it is sent once more with the
 * same commandId, as the pages do. @throws when it was refused.
 */
export async function post(url: string, request: Post): Promise<Answer> {
  try {
    return await postOnce(url, request);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error;
    return postOnce(url, request);
  }
}

function postOnce(url: string, { query, variables, headers }: Post): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify({ query, variables });
    const sent = request(
      url,
      {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          const { data, errors } = JSON.parse(text) as { data?: Record<string, unknown>; errors?: unknown };
          if (errors !== undefined || data === undefined) return reject(new Error(JSON.stringify(errors)));
          const cookie = (response.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
          resolve({ data, cookie });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

let addresses = 0;

/** Each person's own address in 10.0.0.0/8. */
function nextAddress(): string {
  addresses += 1;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

function staff(
  origin: string,
  { cookie, address }: CsrAtWork,
  query: string,
  variables: Record<string, unknown>,
): Promise<Answer> {
  return post(`${origin}/graphql/staff`, { query, variables, headers: { cookie, 'x-forwarded-for': address } });
}

async function signIn(origin: string, email: string, password: string): Promise<CsrAtWork> {
  const address = nextAddress();
  const query = 'mutation($email: String!, $password: String!) { signIn(email: $email, password: $password) { id } }';
  const { cookie } = await staff(origin, { cookie: '', address }, query, { email, password });
  return { cookie, address };
}

/** Invites CSRs as an administrator does and signs each in by his link and then by password. */
export async function csrsAtWork(
  origin: string,
  administrator: { email: string; password: string },
  count: number,
): Promise<CsrAtWork[]> {
  const admin = await signIn(origin, administrator.email, administrator.password);
  const csrs: CsrAtWork[] = [];
  for (let index = 0; index < count; index++) {
    const email = `csr${index}@bench.example`;
    const password = `a long enough phrase ${index}`;
    const invited = await staff(
      origin,
      admin,
      'mutation($id: ID!, $name: String!, $email: String!) { inviteAccount(commandId: $id, name: $name, email: $email, roles: [representative]) { url } }',
      { id: randomUUID(), name: `CSR ${index}`, email },
    );
    const { url } = invited.data['inviteAccount'] as { url: string };
    const secret = url.split('#')[1];
    const link =
      'mutation($secret: String!, $password: String!) { setPassword(secret: $secret, password: $password) { id } }';
    await staff(origin, { cookie: '', address: nextAddress() }, link, { secret, password });
    csrs.push(await signIn(origin, email, password));
  }
  return csrs;
}

/** Starts a session as the CSR and joins it as a customer, by its number. */
export async function liveSession(origin: string, csr: CsrAtWork): Promise<LiveSession> {
  const started = await staff(
    origin,
    csr,
    'mutation($id: ID!) { startOutboundSession(commandId: $id) { sessionId participantId number } }',
    { id: randomUUID() },
  );
  const session = started.data['startOutboundSession'] as { sessionId: string; participantId: string; number: string };
  const customerAddress = nextAddress();
  const joined = await post(`${origin}/graphql/customer`, {
    query: customerOperation('joinByNumber'),
    variables: { commandId: randomUUID(), number: session.number, name: 'Ana Petrović' },
    headers: { 'x-forwarded-for': customerAddress },
  });
  const admission = joined.data['joinByNumber'] as { bearer: string; participantId: string };
  return {
    sessionId: session.sessionId,
    number: session.number,
    csr,
    csrParticipantId: session.participantId,
    bearer: admission.bearer,
    customerParticipantId: admission.participantId,
    customerAddress,
  };
}

/** Sends a line of chat over HTTP, as the pages do. */
export function sendLine(
  origin: string,
  session: LiveSession,
  by: 'csr' | 'customer',
  commandId: string,
): Promise<Answer> {
  const text = `The printer says offline since this morning. ${commandId}`;
  if (by === 'csr')
    return staff(
      origin,
      session.csr,
      'mutation($id: ID!, $session: ID!, $text: String!) { sendChatMessage(commandId: $id, sessionId: $session, to: "all", text: $text) { position } }',
      { id: commandId, session: session.sessionId, text },
    );
  return post(`${origin}/graphql/customer`, {
    query: customerOperation('sendChatMessage'),
    variables: { commandId, to: 'all', text },
    headers: { authorization: `Bearer ${session.bearer}`, 'x-forwarded-for': session.customerAddress },
  });
}
