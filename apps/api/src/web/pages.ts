import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import compression from 'compression';
import express from 'express';
import type { Express, NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { sameOrigin } from '../graphql/request-context';
import { staffPath } from '../graphql/endpoints';
import type { PublicUrl } from '../node/public-url';
import { pageFolder } from './assets';

const noncePlaceholder = '__CSP_NONCE__';

/** Security headers for every answer, and the two Angular apps: hashed files for ever, their first page never kept. */
export function servePages(app: Express, publicUrl: PublicUrl, folderOf = pageFolder): void {
  app.disable('x-powered-by');
  app.use((_request: Request, response: Response, next: NextFunction) => {
    response.locals['nonce'] = randomBytes(16).toString('base64');
    next();
  });
  app.use(securityHeaders());
  app.use(staffPath, (request: Request, response: Response, next: NextFunction) => {
    if (sameOrigin(request, publicUrl.value)) return next();
    response
      .status(403)
      .json({ errors: [{ message: 'Another site may not act here.', extensions: { code: 'NOT_ALLOWED' } }] });
  });
  servePage(app, '/dashboard', folderOf('dashboard'));
  servePage(app, '/', folderOf('customer'));
}

function securityHeaders(): ReturnType<typeof helmet> {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", (_request, response) => `'nonce-${(response as Response).locals['nonce'] as string}'`],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        mediaSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: false,
    // Set by whoever terminates TLS for the whole host; a local certificate must not pin anybody.
    strictTransportSecurity: false,
  });
}

function servePage(app: Express, at: '/dashboard' | '/', folder: string | null): void {
  if (folder === null) return;
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const sendPage = (_request: Request, response: Response): void => {
    const nonce = response.locals['nonce'] as string;
    response.type('html').set('Cache-Control', 'no-cache').send(page.replaceAll(noncePlaceholder, nonce));
  };
  const files = express.static(folder, { index: false, maxAge: '1y', immutable: true, redirect: false });
  // Files only: no answer with a secret in it is ever compressed together with what somebody else may choose (BREACH).
  const compress = compression();
  app.use(at, (request: Request, response: Response, next: NextFunction) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    if (isServer(request.originalUrl)) return next();
    // By its own name too it is a page with a nonce, no file that is kept for ever.
    if (request.path === '/index.html') return sendPage(request, response);
    if (!/\.\w+$/.test(request.path)) return files(request, response, () => sendPage(request, response));
    compress(request, response, () => files(request, response, next));
  });
}

/** Paths of the server itself, below which no page lies. */
function isServer(url: string): boolean {
  return /^\/(graphql|health|media|metrics)(\/|$|\?)/.test(url);
}
