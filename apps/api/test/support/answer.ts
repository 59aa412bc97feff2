export interface GraphqlError {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly details?: Readonly<Record<string, unknown>> };
}

/** What came back from one request, down to the bytes. */
export interface Answer {
  readonly status: number;
  /** Of the first error; `ok` without one. */
  readonly code: string;
  /** Value of the operation's only field. */
  readonly value: unknown;
  readonly errors: readonly GraphqlError[];
  readonly headers: Headers;
  readonly text: string;
}

export interface Request {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export async function post(url: string, { query, variables = {}, headers = {} }: Request): Promise<Answer> {
  return send(url, {
    body: JSON.stringify({ query, variables }),
    headers: { 'content-type': 'application/json', ...headers },
  });
}

export async function send(url: string, request: { body: string; headers: Record<string, string> }): Promise<Answer> {
  const response = await fetch(url, { method: 'POST', ...request });
  const text = await response.text();
  const { data, errors = [] } = parsed(text);
  return {
    status: response.status,
    code: codeOf(errors),
    value: Object.values(data ?? {})[0] ?? null,
    errors,
    headers: response.headers,
    text,
  };
}

export function codeOf(errors: readonly GraphqlError[] | undefined): string {
  const [first] = errors ?? [];
  return first === undefined ? 'ok' : (first.extensions?.code ?? first.message);
}

/** The value of an answer that must be a success. */
export function valueOf<T>(answer: Answer): T {
  if (answer.code !== 'ok') throw new Error(`Expected a success, got ${answer.status} ${answer.text}`);
  return answer.value as T;
}

function parsed(text: string): { data?: Record<string, unknown> | null; errors?: readonly GraphqlError[] } {
  try {
    return JSON.parse(text) as never;
  } catch {
    return { errors: [{ message: 'no JSON' }] };
  }
}
