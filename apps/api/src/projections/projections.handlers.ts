import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { projectionNames } from '@deskside/projections';
import type { ProjectionName } from '@deskside/projections';
import type { Position } from '@deskside/event-store';
import type { StaffCaller } from '../command-path/caller';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';

type Act = { readonly type: 'rebuild' } | { readonly type: 'pause'; readonly paused: boolean };

/** An administrator rebuilds a read model or stops it for a while; the events are not touched. */
export class ManageProjection extends Command<Outcome<{ position: Position }>> {
  constructor(
    readonly caller: StaffCaller,
    readonly commandId: string,
    readonly name: string,
    readonly act: Act,
  ) {
    super();
  }
}

@CommandHandler(ManageProjection)
export class ManageProjectionHandler implements ICommandHandler<ManageProjection, Outcome<{ position: Position }>> {
  constructor(@Inject(NODE) private readonly node: DesksideNode) {}

  async execute({ caller, commandId, name, act }: ManageProjection): Promise<Outcome<{ position: Position }>> {
    const { journal, readModels, log } = this.node;
    const denied = await journal.authorise(caller, 'projection.manage', `${act.type}Projection`);
    if (denied) return denied;
    const projection: ProjectionName | undefined = projectionNames.find((known) => known === name);
    if (projection === undefined) return refused('PROJECTION_UNKNOWN');
    if (act.type === 'pause') {
      const event = { type: 'ProjectionPaused', payload: { projection, paused: act.paused } } as const;
      const position = await journal.record(event, caller, commandId);
      await readModels.pause(projection, act.paused);
      return done({ position });
    }
    const event = { type: 'ProjectionRebuilt', payload: { projection } } as const;
    const position = await journal.record(event, caller, commandId);
    // Takes as long as the log is; the page shows how far it is.
    void readModels.rebuild(projection).then((result) => {
      if (!result.ok) log.warn('projection not rebuilt', { projection, reason: result.reason });
    });
    return done({ position });
  }
}
