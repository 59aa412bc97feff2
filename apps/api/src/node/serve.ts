import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from '../app.module';
import { systemClock } from '../clock/clock';
import type { Clock } from '../clock/clock';
import { customerOperations, customerPath, staffPath } from '../graphql/endpoints';
import { EndpointSockets } from '../graphql/endpoint-sockets';
import { httpGate } from '../graphql/http-gate';
import { holdings, Limits } from '../limits/limits';
import type { LimitsOptions } from '../limits/limits';
import { limitsFor, openFilesOfThisProcess } from '../limits/open-files';
import { Log } from '../log/logger';
import { signallingRoot, SignallingProxy } from '../media/signalling-proxy';
import type { Settings } from '../settings/settings';
import { hostGate, Hosts } from '../web/hosts';
import { HttpAdapter } from '../web/http-adapter';
import { createHttpServer } from '../web/http-server';
import { servePages } from '../web/pages';
import { requestGate } from '../web/request-gate';
import { openControl } from './control';
import { nodeStops, startNode } from './deskside-node';
import type { DesksideNode } from './deskside-node';
import { firstStart } from './first-start';
import type { AdministratorSignIn } from './first-start';
import { PublicUrl } from './public-url';
import { stopInOrder } from './stop-in-order';
import type { StopStep } from './stop-in-order';
import { openNodeOnceLogAnswers } from './wait-for-log';

export interface RunningServer {
  readonly node: DesksideNode;
  /** Origin without a trailing slash. */
  readonly url: string;
  /** To be told, and then marked as told (`firstAdministratorTold`). */
  readonly firstAdministrator: AdministratorSignIn | null;
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly clock?: Clock;
  /** Other limits than the standard ones, for tests and benchmarks. */
  readonly limits?: LimitsOptions;
  /** Told why nothing is served yet: the server of the log cannot be used. */
  readonly onWaiting?: (sentence: string) => void;
  /** Ends the waiting for that server; whoever has aborted closes what may be served nevertheless. */
  readonly signal?: AbortSignal;
}

/** Opens log and data folder, serves, and settles once requests are answered. */
export async function serve(settings: Settings, options: ServeOptions = {}): Promise<RunningServer> {
  const { clock = systemClock, onWaiting, signal } = options;
  const fitting = limitsFor(openFilesOfThisProcess(), options.limits);
  const limits = new Limits(fitting);
  const log = new Log(settings.DESKSIDE_LOG_LEVEL);
  const { connections = holdings.connections } = fitting.holdings ?? {};
  if (connections < holdings.connections)
    log.warn('few file descriptors: see docs/operating/limits.md', { connections });
  const node = await openNodeOnceLogAnswers({ settings, clock, log, limits, onWaiting, signal });
  const sockets = new EndpointSockets({
    limits,
    trustedProxies: settings.DESKSIDE_TRUST_PROXY,
    onFailure: (error) => log.error('a live connection failed', error),
  });
  const publicUrl = new PublicUrl(settings.DESKSIDE_PUBLIC_URL);
  const signalling = new SignallingProxy(node, publicUrl);
  let app: NestExpressApplication | undefined;
  const stops: readonly StopStep[] = [
    { name: 'signalling', stop: () => signalling.close() },
    { name: 'live connections', stop: () => sockets.close() },
    { name: 'requests', stop: () => app?.close() },
    ...nodeStops(node),
  ];
  try {
    signalling.listen(sockets);
    app = await createApp(node, publicUrl, { sockets, signalling });
    await startNode(node);
    const url = await listen(app, settings);
    publicUrl.listening(url);
    // A password that is shown once is made only for a server that is there to take it, and stays to be told.
    const firstAdministrator = await firstStart(node, signal);
    node.invitationSender.start(() => publicUrl.value);
    const control = await openControl(node);
    const minute = setInterval(() => void everyMinute(node), 60_000).unref();
    log.info('serving', { port: new URL(url).port });
    const close = async (): Promise<void> => {
      clearInterval(minute);
      await stopInOrder([{ name: 'control', stop: () => control.close() }, ...stops], log);
      log.info('stopped');
    };
    return { node, url: publicUrl.value, firstAdministrator, close };
  } catch (error) {
    // Why it cannot serve is what counts; what could not be closed again stands in the log.
    await stopInOrder(stops, log).catch(() => undefined);
    throw error;
  }
}

/** The longest word of a media server, bytes. */
const webhookBytes = 256 * 1024;

async function createApp(
  node: DesksideNode,
  publicUrl: PublicUrl,
  { sockets, signalling }: { readonly sockets: EndpointSockets; readonly signalling: SignallingProxy },
): Promise<NestExpressApplication> {
  const { DESKSIDE_TRUST_PROXY: proxies } = node.settings;
  const adapter = new HttpAdapter((answer) => createHttpServer(node.settings, node.limits, answer));
  const module = AppModule.around(node, publicUrl, sockets);
  const app = await NestFactory.create<NestExpressApplication>(module, adapter, {
    logger: false,
    bodyParser: false,
    abortOnError: false,
  });
  const hosts = new Hosts(node.settings);
  app.use(requestGate(node.limits, proxies), hostGate(hosts));
  // The media server signs the bytes as they are.
  app.useBodyParser('raw', { type: 'application/webhook+json', limit: webhookBytes });
  const express = app.getHttpAdapter().getInstance();
  express.set('trust proxy', proxies);
  servePages(express, publicUrl);
  express.use(signallingRoot, signalling.answer());
  express.use(staffPath, httpGate(null));
  express.use(customerPath, httpGate(customerOperations()));
  sockets.listen(app.getHttpServer(), hosts);
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
async function everyMinute({ journal, staffSockets, vault, limits, clock, log }: DesksideNode): Promise<void> {
  limits.sweep();
  const works = await Promise.allSettled([journal.flushCounted(), staffSockets.sweep(), vault.sweep(clock.now())]);
  for (const work of works) if (work.status === 'rejected') log.error('minute work failed', work.reason);
}
