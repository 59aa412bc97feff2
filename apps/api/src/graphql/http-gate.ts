import express from 'express';
import type { RequestHandler, Response } from 'express';
import { GraphQLError } from 'graphql';
import { limits } from './endpoint-limits';
import { unknownOperation } from './subscriptions';

/** Nothing of ours compresses what it asks, and a body that grows when it is read could not be counted before. */
const parseBody = express.json({ limit: limits.bodyBytes, inflate: false });

/**
 * Stands before an endpoint and lets through what Apollo may read: GET, or POST with a JSON object. Everything else is
 * answered here, in the form of GraphQL and without a word of what went wrong inside.
 * @param allowed texts of the operations that this endpoint takes; null: any valid one. Apollo would say what is wrong with
 * an unknown one, and thereby what there is.
 */
export function httpGate(allowed: ReadonlySet<string> | null): RequestHandler {
  return (request, response, next) => {
    const admit = (query: unknown): void => {
      if (allowed === null || (typeof query === 'string' && allowed.has(query))) return next();
      response.status(400).json({ errors: [unknownOperation()] });
    };
    if (request.method === 'GET') return admit(queryIn(request.url));
    if (request.method !== 'POST') return refuse(response.set('Allow', 'GET, POST'), 405);
    if (request.is('application/json') === false) return refuse(response, 415);
    parseBody(request, response, (error?: unknown) => {
      if (error !== undefined) return refuse(response, statusOf(error));
      const body: unknown = request.body;
      if (typeof body !== 'object' || body === null || Array.isArray(body)) return refuse(response, 400);
      admit((body as { query?: unknown }).query);
    });
  };
}

/** As Apollo reads it, so that what was looked at is what is executed; it turns away a text that stands there twice. */
function queryIn(url: string): string | null {
  return new URLSearchParams(/^[^?#]*\?([^#]*)/.exec(url)?.[1]).get('query');
}

const sentences = {
  400: 'The body must be a JSON object with a query.',
  405: 'This endpoint takes GET and POST only.',
  413: 'The request is larger than this endpoint takes.',
  415: 'The body must be JSON in UTF-8, sent as application/json.',
} as const;

function refuse(response: Response, status: keyof typeof sentences): void {
  const error = new GraphQLError(sentences[status], { extensions: { code: 'BAD_USER_INPUT' } });
  response.status(status).json({ errors: [error] });
}

/** The parser gives its errors a status; whatever it cannot read, it is the sender's. */
function statusOf(error: unknown): 400 | 413 | 415 {
  const { status } = error as { readonly status?: unknown };
  return status === 413 || status === 415 ? status : 400;
}
