import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { logStatus } from '../log/log';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';

/** For supervisors and load balancers. */
@Controller('health')
export class HealthController {
  constructor(@Inject(NODE) private readonly node: DesksideNode) {}

  /** The process answers. */
  @Get('live')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** It can do its work: log and vault take writes, as far as is known, and every read model answers. */
  @Get('ready')
  ready(@Res() response: Response): void {
    const log = logStatus(this.node.store);
    const failed = this.node.readModels.states().filter(({ status, spoilt }) => status === 'failed' || spoilt);
    const vault = this.node.vault.trouble() === null ? 'ready' : 'unavailable';
    const ready = log !== 'damaged' && log !== 'unavailable' && vault === 'ready' && failed.length === 0;
    const failedProjections = failed.map((state) => state.name);
    const status = ready ? 'ready' : 'notReady';
    const secondPlace = placeStatus(this.node);
    response.status(ready ? 200 : 503).json({ status, log, vault, secondPlace, failedProjections });
  }
}

/** Without it nothing is lost but that erasures are not finished: the site can do its work. */
function placeStatus({ secondPlace }: DesksideNode): 'none' | 'ready' | 'unavailable' {
  if (secondPlace === null) return 'none';
  return secondPlace.trouble() === null ? 'ready' : 'unavailable';
}
