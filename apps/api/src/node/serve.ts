import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from '../app.module';
import { systemClock } from '../clock/clock';
import type { Clock } from '../clock/clock';
import { customerPath, turnAwayUnknownOperations } from '../graphql/endpoints';
import { limits } from '../graphql/endpoint-limits';
import { EndpointSockets } from '../graphql/endpoint-sockets';
import { Log } from '../log/logger';
import { signallingRoot, SignallingProxy } from '../media/signalling-proxy';
import type { Settings } from '../settings/settings';
import { servePages } from '../web/pages';
import { openControl } from './control';
import { closeNode, startNode } from './deskside-node';
import type { DesksideNode } from './deskside-node';
import { firstStart } from './first-start';
import type { AdministratorSignIn } from './first-start';
import { PublicUrl } from './public-url';
import { openNodeOnceLogAnswers } from './wait-for-log';

export interface RunningServer {
  readonly node: DesksideNode;
  /** Origin without a trailing slash. */
  readonly url: string;
  readonly firstAdministrator: AdministratorSignIn | null;
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly clock?: Clock;
  /** Told why nothing is served yet: the server of the log cannot be used. */
  readonly onWaiting?: (sentence: string) => void;
  /** Ends the waiting for that server. */
  readonly signal?: AbortSignal;
}

/** Opens log and data folder, serves, and settles once requests are answered. */
export async function serve(settings: Settings, options: ServeOptions = {}): Promise<RunningServer> {
  const { clock = systemClock, onWaiting, signal } = options;
  const log = new Log(settings.DESKSIDE_LOG_LEVEL);
  const node = await openNodeOnceLogAnswers({ settings, clock, log, onWaiting, signal });
  const sockets = new EndpointSockets();
  const publicUrl = new PublicUrl(settings.DESKSIDE_PUBLIC_URL);
  const signalling = new SignallingProxy(node.media, publicUrl);
  let app: NestExpressApplication | undefined;
  const stop = async (): Promise<void> => {
    signalling.close();
    await sockets.close();
    await app?.close();
    await closeNode(node);
  };
  try {
    signalling.listen(sockets);
    app = await createApp(node, publicUrl, { sockets, signalling });
    await startNode(node);
    const url = await listen(app, settings);
    publicUrl.listening(url);
    // A password that is shown once is made only for a server that is there to take it.
    const firstAdministrator = await firstStart(node);
    node.invitationSender.start(() => publicUrl.value);
    const control = await openControl(node);
    const minute = setInterval(() => void everyMinute(node), 60_000).unref();
    log.info('serving', { port: new URL(url).port });
    const close = async (): Promise<void> => {
      clearInterval(minute);
      await control.close();
      await stop();
      log.info('stopped');
    };
    return { node, url: publicUrl.value, firstAdministrator, close };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function createApp(
  node: DesksideNode,
  publicUrl: PublicUrl,
  { sockets, signalling }: { readonly sockets: EndpointSockets; readonly signalling: SignallingProxy },
): Promise<NestExpressApplication> {
  const { DESKSIDE_TLS_CERT_FILE: cert, DESKSIDE_TLS_KEY_FILE: key, DESKSIDE_TRUST_PROXY: proxies } = node.settings;
  const tls = cert && key ? { httpsOptions: { cert: readFileSync(cert), key: readFileSync(key) } } : {};
  const app = await NestFactory.create<NestExpressApplication>(AppModule.around(node, publicUrl, sockets), {
    ...tls,
    logger: false,
    bodyParser: false,
    forceCloseConnections: true,
    abortOnError: false,
  });
  app.useBodyParser('json', { limit: limits.bodyBytes });
  // The media server signs the bytes as they are.
  app.useBodyParser('raw', { type: 'application/webhook+json', limit: limits.bodyBytes });
  const express = app.getHttpAdapter().getInstance();
  express.set('trust proxy', proxies);
  servePages(express, publicUrl);
  express.use(signallingRoot, signalling.answer());
  express.use(customerPath, turnAwayUnknownOperations());
  sockets.listen(app.getHttpServer());
  return app;
}

async function listen(app: NestExpressApplication, settings: Settings): Promise<string> {
  const { DESKSIDE_HOST: host, DESKSIDE_PORT: port, DESKSIDE_TLS_CERT_FILE: cert } = settings;
  await app.listen(port, host);
  const address = app.getHttpServer().address() as AddressInfo;
  const shown = host === '127.0.0.1' || host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `${cert ? 'https' : 'http'}://${shown}:${address.port}`;
}

/** One that fails (a log that takes nothing) holds up no other: sign-ins that have ended lose their pages all the same. */
async function everyMinute({ journal, staffSockets, vault, clock, log }: DesksideNode): Promise<void> {
  const works = await Promise.allSettled([journal.flushCounted(), staffSockets.sweep(), vault.sweep(clock.now())]);
  for (const work of works) if (work.status === 'rejected') log.error('minute work failed', work.reason);
}
