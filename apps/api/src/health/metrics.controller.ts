import { timingSafeEqual } from 'node:crypto';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';

/** Figures in the Prometheus text format. */
@Controller('metrics')
export class MetricsController {
  readonly #registry = new Registry();

  constructor(@Inject(NODE) private readonly node: DesksideNode) {
    collectDefaultMetrics({ register: this.#registry });
    const registers = [this.#registry];
    new Gauge({
      name: 'deskside_feeds_watched',
      help: 'Session feeds open at this node',
      registers,
      collect() {
        this.set(node.hub.watched);
      },
    });
    new Gauge({
      name: 'deskside_projection_lag_events',
      help: 'Events that a read model is behind the log',
      labelNames: ['projection'],
      registers,
      collect() {
        for (const { name, lag } of node.readModels.states()) if (lag !== null) this.set({ projection: name }, lag);
      },
    });
    new Gauge({
      name: 'deskside_projection_failed',
      help: '1 when a read model has failed, or is spoilt and being made again',
      labelNames: ['projection'],
      registers,
      collect() {
        for (const { name, status, spoilt } of node.readModels.states())
          this.set({ projection: name }, status === 'failed' || spoilt ? 1 : 0);
      },
    });
    new Gauge({
      name: 'deskside_log_unavailable',
      help: '1 when the log cannot be reached or written: its server refuses, its file is locked, its disk is full, or the thread that writes it has died',
      registers,
      collect() {
        this.set(node.store.trouble() === null ? 0 : 1);
      },
    });
    new Gauge({
      name: 'deskside_vault_unavailable',
      help: '1 when the vault cannot be written: its file is locked, its disk is full, or the thread that writes it has died',
      registers,
      collect() {
        this.set(node.vault.trouble() === null ? 0 : 1);
      },
    });
    new Gauge({
      name: 'deskside_second_place_unavailable',
      help: '1 when the second place cannot be read or written: erasures are not finished until it can',
      registers,
      collect() {
        this.set((node.secondPlace?.trouble() ?? null) === null ? 0 : 1);
      },
    });
    new Gauge({
      name: 'deskside_log_damaged',
      help: '1 when the log is damaged and takes no writes',
      registers,
      collect() {
        this.set(node.store.integrity().status === 'damaged' ? 1 : 0);
      },
    });
  }

  @Get()
  async metrics(@Req() request: Request, @Res() response: Response): Promise<void> {
    if (!this.#mayRead(request)) return void response.status(403).send('');
    response.type(this.#registry.contentType).send(await this.#registry.metrics());
  }

  #mayRead(request: Request): boolean {
    const token = this.node.settings.DESKSIDE_METRICS_TOKEN;
    if (token === undefined) return isFromHere(request);
    const given = Buffer.from(request.headers.authorization ?? '');
    const expected = Buffer.from(`Bearer ${token}`);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}

/** A proxy on this machine is here too, but whoever asks through it is not. */
function isFromHere({ headers, socket }: Request): boolean {
  const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  return !isForwarded && /^(::1|(::ffff:)?127\.)/.test(socket.remoteAddress ?? '');
}
