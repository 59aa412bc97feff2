import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { EventOf, PersonalDataErased } from '@deskside/domain';
import type { Position } from '@deskside/event-store';
import type { SessionSummary } from '@deskside/projections';
import type { StaffCaller } from '../command-path/caller';
import { done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Makes a customer's name and the content of their sessions unreadable for good. NOT_YET when that is written down but not
 * finished: it goes on by itself, and the same command again says whether it has.
 */
export class ErasePersonalData extends Command<Outcome<{ position: Position }>> {
  constructor(
    readonly caller: StaffCaller,
    readonly commandId: string,
    readonly customerId: string,
  ) {
    super();
  }
}

@CommandHandler(ErasePersonalData)
export class ErasePersonalDataHandler implements ICommandHandler<ErasePersonalData, Outcome<{ position: Position }>> {
  constructor(@Inject(NODE) private readonly node: DesksideNode) {}

  async execute({ caller, commandId, customerId }: ErasePersonalData): Promise<Outcome<{ position: Position }>> {
    const { journal, readModels, erasures, bearers } = this.node;
    const denied = await journal.authorise(caller, 'personalData.erase', 'ErasePersonalData');
    if (denied) return denied;
    const reach = await this.#reach(customerId);
    if (!reach.ok) return reach;
    const position = await journal.record({ type: 'PersonalDataErased', payload: reach.value }, caller, commandId);
    await bearers.end(customerId);
    // The answer says "erased": every byte must be gone, and the plaintext of the search as well.
    const gone = await Promise.all([
      erasures.applied(position),
      readModels.whenProcessed(['people-and-search'], position, 10_000),
    ]);
    return gone.every(Boolean) ? done({ position }) : refused('NOT_YET');
  }

  /** What goes: the name, and all that was said in the sessions. */
  async #reach(customerId: string): Promise<Outcome<ErasedPayload>> {
    const { readModels, store, vault } = this.node;
    const head = await store.head();
    const upToDate = head === null || (await readModels.whenProcessed(['sessions', 'people-and-search'], head, 2000));
    if (!upToDate) return refused('NOT_YET');
    const sessions = uuid.test(customerId) ? sessionsOf(this.node, customerId) : [];
    const identity = { subject: `customer-${customerId}`, class: 'identity' } as const;
    if (sessions.length === 0 && !(await vault.holds(identity))) return refused('CUSTOMER_NOT_FOUND');
    if (sessions.some((session) => session.status === 'open')) return refused('SESSION_STILL_OPEN');
    const sessionIds = sessions.map((session) => session.id);
    const contents = sessionIds.map((id) => ({ subject: `supportSession-${id}`, class: 'content' }) as const);
    return done({ customerId, sessionIds, keys: [identity, ...contents] });
  }
}

type ErasedPayload = EventOf<typeof PersonalDataErased>['payload'];

/** The sessions in which a customer was. */
export function sessionsOf(node: DesksideNode, customerId: string): readonly SessionSummary[] {
  return node.readModels.sessions.byCustomer(customerId);
}
