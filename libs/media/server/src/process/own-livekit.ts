import { mkdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { keepFile, readKeptJson } from '@deskside/kept-file';
import type { OnDamagedFile } from '@deskside/kept-file';
import * as v from 'valibot';
import { LiveKitServer } from '../livekit/livekit-server';
import type { LiveKitConnection } from '../livekit/livekit-server';
import type { LiveKitOrigin } from '../livekit-origin';
import type { Progress } from '../plant-state';
import { endProcess } from './end-process';
import { localPort, mediaPort } from './free-ports';
import { keepLogShort } from './kept-log';
import { configHash, livekitConfig } from './livekit-config';
import type { MediaPorts } from './livekit-config';
import type { MediaAddress } from './media-address';
import { mediaFolder } from './media-folder';
import type { MediaFolder } from './media-folder';
import { fingerprintOf, mediaKeys } from './media-keys';
import type { MediaKeys } from './media-keys';
import { runningRecord, seemsToRun } from './process-record';
import type { ProcessRecord } from './process-record';
import { startProcess, untilReady } from './start-process';
import { WebhookListener } from './webhook-listener';
import type { ReceiveWebhook } from './webhook-listener';

const aPort = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65535));
const keptPorts = v.object({ signalling: aPort, webhook: aPort, media: aPort });

export interface OwnLiveKitOptions {
  readonly dataDir: string;
  readonly address: MediaAddress;
  /** Whether browsers may send over TCP too. Without it: unless only this machine takes part, which blocks no UDP. */
  readonly overTcp?: boolean | undefined;
  /** The port of picture and voice that the operator wants; null takes a free one and keeps it. */
  readonly mediaPort: number | null;
  /** Finds or makes the program. */
  readonly provide: (progress: Progress, signal: AbortSignal) => Promise<string>;
  /** Told of each of its files that had to be made anew. */
  readonly onDamagedFile?: OnDamagedFile;
}

/** A LiveKit on this machine that we start ourselves, and know again when we come back. */
export class OwnLiveKit implements LiveKitOrigin {
  readonly #options: OwnLiveKitOptions;
  readonly #onDamagedFile: OnDamagedFile;
  readonly #files: MediaFolder;
  #webhooks: WebhookListener | undefined;
  #running: ProcessRecord | undefined;

  constructor(options: OwnLiveKitOptions) {
    this.#options = options;
    this.#onDamagedFile = options.onDamagedFile ?? (() => undefined);
    this.#files = mediaFolder(options.dataDir);
  }

  /** The process that carries media now; for figures and tests. */
  get pid(): number | null {
    return this.#running?.pid ?? null;
  }

  async begin(progress: Progress, receive: ReceiveWebhook, signal: AbortSignal): Promise<LiveKitConnection> {
    mkdirSync(this.#files.folder, { recursive: true, mode: 0o700 });
    const keys = mediaKeys(this.#files.keys, this.#onDamagedFile);
    const ports = readKeptJson(this.#files.ports, keptPorts, this.#onDamagedFile);
    const webhook = await this.#listen(ports?.webhook ?? null, receive);
    progress('searching', null);
    const adopted = ports === null ? null : await this.#adopt(keys, { ...ports, webhook });
    return adopted ?? (await this.#start(keys, { kept: ports, webhook }, { progress, signal }));
  }

  /** Settles when the process is gone. */
  async ended(signal: AbortSignal): Promise<void> {
    while (this.#running !== undefined && (await seemsToRun(this.#running))) {
      keepLogShort(this.#files.log);
      await pause(500, undefined, { signal });
    }
  }

  async close(): Promise<void> {
    if (this.#running !== undefined) await endProcess(this.#running);
    this.#running = undefined;
    await this.#webhooks?.close();
  }

  async #listen(wanted: number | null, receive: ReceiveWebhook): Promise<number> {
    this.#webhooks ??= await WebhookListener.open(await localPort(wanted), receive);
    return this.#webhooks.port;
  }

  /** One that an earlier API has started. It stays only if it is what we would start now, and knows our key. */
  async #adopt(keys: MediaKeys, ports: MediaPorts): Promise<LiveKitConnection | null> {
    const record = await runningRecord(this.#files.process, this.#onDamagedFile);
    if (record === null) return null;
    const connection = connectionOf(keys, ports);
    const isSame = record.configHash === configHash(this.#config(keys, this.#wanted(ports)));
    if (isSame && record.keyFingerprint === fingerprintOf(keys) && (await answers(connection))) {
      this.#running = record;
      return connection;
    }
    await endProcess(record);
    return null;
  }

  #wanted(ports: MediaPorts): MediaPorts {
    return { ...ports, media: this.#options.mediaPort ?? ports.media };
  }

  async #start(
    keys: MediaKeys,
    { kept, webhook }: { readonly kept: MediaPorts | null; readonly webhook: number },
    { progress, signal }: { readonly progress: Progress; readonly signal: AbortSignal },
  ): Promise<LiveKitConnection> {
    const binary = await this.#options.provide(progress, signal);
    progress('starting', null);
    const media = this.#options.mediaPort ?? (await mediaPort(kept?.media ?? null));
    const ports = { signalling: await localPort(kept?.signalling ?? null), webhook, media };
    keepFile(this.#files.ports, JSON.stringify(ports));
    const config = this.#config(keys, ports);
    keepFile(this.#files.config, config);
    const about = { keyFingerprint: fingerprintOf(keys), configHash: configHash(config) };
    const record = await startProcess(binary, this.#files, about);
    this.#running = record;
    const connection = connectionOf(keys, ports);
    await untilReady(
      () => seemsToRun(record),
      () => answers(connection),
      { log: this.#files.log, signal },
    );
    return connection;
  }

  #config(keys: MediaKeys, ports: MediaPorts): string {
    const { address, overTcp = !address.onlyThisMachine } = this.#options;
    return livekitConfig(keys, ports, { address, overTcp });
  }
}

function connectionOf(keys: MediaKeys, ports: MediaPorts): LiveKitConnection {
  return { url: `http://127.0.0.1:${ports.signalling}`, ...keys };
}

/** Whether it is there and knows our key. */
async function answers(connection: LiveKitConnection): Promise<boolean> {
  try {
    await new LiveKitServer(() => connection, { timeout: 2000 }).listRooms();
    return true;
  } catch {
    return false;
  }
}
