import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { sendUnaryData } from '@grpc/grpc-js';
import type { IServerFeaturesServer } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb';
import type { IStreamsServer } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb';
import { serveBatchAppend } from './append-calls';
import { CuttablePort } from './cuttable-port';
import type { DoubleSettings, DoubleState } from './double-state';
import type { FaultPlan } from './faults';
import { NO_FAULTS } from './faults';
import { MemoryLog } from './memory-log';
import { callError, failCall } from './messages';
import type { FailingCall } from './messages';
import { features, ServerFeaturesService, StreamsService } from './protocol';
import { serveRead } from './read-calls';

const SYSTEM_EVENT_EVERY = 7;

/**
 * Speaks the protocol of a KurrentDB server over real sockets and keeps everything in memory. It exists to fail on demand;
 * it claims nothing of how a real server works inside.
 */
export class KurrentDbDouble {
  readonly settings: DoubleSettings;
  readonly #front: CuttablePort;
  readonly #state: DoubleState;
  #server: Server | undefined;
  #writes = 0;

  private constructor(front: CuttablePort, settings: DoubleSettings) {
    this.settings = settings;
    this.#front = front;
    this.#state = {
      settings,
      log: new MemoryLog(),
      port: front.port,
      faults: NO_FAULTS,
      cut: () => front.cut(),
      systemEventsNowAndThen: () => {
        if (this.#writes++ % SYSTEM_EVENT_EVERY === 0) this.#state.log.writeSystemEvent();
      },
    };
  }

  /** @param port 0: a free one */
  static async start(settings: Partial<DoubleSettings> = {}, port = 0): Promise<KurrentDbDouble> {
    const front = await CuttablePort.open(port);
    const whole = { version: '24.10.0', maxAppendBytes: 1024 * 1024, refuses: 'nothing', ...settings } as const;
    const double = new KurrentDbDouble(front, whole);
    double.up();
    return double;
  }

  get log(): MemoryLog {
    return this.#state.log;
  }

  get port(): number {
    return this.#front.port;
  }

  get connectionString(): string {
    const host = this.settings.tls === undefined ? '127.0.0.1' : 'localhost';
    return `kurrentdb://admin:changeit@${host}:${this.port}?tls=${this.settings.tls !== undefined}`;
  }

  plan(faults: FaultPlan): void {
    this.#state.faults = faults;
  }

  cut(): void {
    this.#front.cut();
  }

  /** Begins to serve, after `down` on the same port and with the same events. */
  up(): void {
    const server = new Server({ 'grpc.max_receive_message_length': 32 * 1024 * 1024 });
    const state = this.#state;
    const served: IStreamsServer = {
      read: (call) => (this.#isRefused() ? refuse(call) : serveRead(call, state)),
      batchAppend: (call) => (this.#isRefused() ? refuse(call) : serveBatchAppend(call, state)),
      append: (_call, answer) => answer(callError(status.UNIMPLEMENTED, 'The double takes batches only')),
      delete: (_call, answer) => answer(callError(status.UNIMPLEMENTED, 'The double deletes nothing')),
      tombstone: (_call, answer) => answer(callError(status.UNIMPLEMENTED, 'The double deletes nothing')),
    };
    const asked: IServerFeaturesServer = { getSupportedMethods: (_call, answer) => this.#features(answer) };
    server.addService(StreamsService, served);
    server.addService(ServerFeaturesService, asked);
    const { tls } = this.settings;
    const credentials =
      tls === undefined
        ? ServerCredentials.createInsecure()
        : ServerCredentials.createSsl(null, [
            { cert_chain: Buffer.from(tls.certificate), private_key: Buffer.from(tls.key) },
          ]);
    const injector = server.createConnectionInjector(credentials);
    this.#server = server;
    this.#front.serveBy((socket) => injector.injectConnection(socket));
  }

  /** Serves nobody any more; what was stored stays. */
  down(): void {
    this.#front.serveBy(null);
    this.#front.cut();
    this.#server?.forceShutdown();
    this.#server = undefined;
  }

  restart(): void {
    this.down();
    this.up();
  }

  async close(): Promise<void> {
    this.down();
    await this.#front.close();
  }

  #isRefused(): boolean {
    return this.settings.refuses === 'credentials';
  }

  #features(answer: sendUnaryData<InstanceType<typeof features.SupportedMethods>>): void {
    if (this.settings.version === 'unknown') return answer(callError(status.UNIMPLEMENTED, 'Unknown service'));
    const method = new features.SupportedMethod();
    method.setServiceName('event_store.client.streams.streams').setMethodName('batchappend');
    const supported = new features.SupportedMethods();
    supported.setEventStoreServerVersion(this.settings.version).addMethods(method);
    answer(null, supported);
  }
}

function refuse(call: FailingCall): void {
  failCall(call, callError(status.UNAUTHENTICATED, 'Unauthenticated'));
}
