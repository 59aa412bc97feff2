import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver, Subscription } from '@nestjs/graphql';
import { instant, parseSessionNumber, permissionsOf, uuid } from '@deskside/domain';
import type { SessionFilter, SessionNow as NowRow, SessionPlace } from '@deskside/projections';
import * as v from 'valibot';
import { PeopleNames, personalText } from '../accounts/people-names';
import { streamOf } from '../command-path/derived-id';
import type { StaffCaller } from '../command-path/caller';
import { answer, refused } from '../command-path/outcome';
import { atLeast } from '../graphql/at-least';
import type {
  PersonName,
  QuerySessionsArgs,
  SessionNow,
  SessionNowList,
  SessionPage,
} from '../graphql/generated/staff';
import { signedIn } from '../graphql/staff-context';
import type { StaffContext } from '../graphql/staff-context';
import { listFeed } from '../live-feed/list-feed';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import { SessionSummaries } from './session-summaries';

const pageSize = 50;
/** Customers of one name whose sessions are looked at. */
const foundLimit = 200;
/** So often at most the list of all that goes on is sent to one who watches it. */
const nowEveryMs = 500;

/** Sessions for whoever looks at more than his own that are open: the list with search, and all that goes on now. */
@Resolver()
export class SessionListResolver {
  constructor(
    @Inject(NODE) private readonly node: DesksideNode,
    @Inject(SessionSummaries) private readonly summaries: SessionSummaries,
    @Inject(PeopleNames) private readonly names: PeopleNames,
  ) {}

  @Query('sessions')
  async sessions(@Context() context: StaffContext, @Args() args: QuerySessionsArgs): Promise<SessionPage> {
    const caller = signedIn(context);
    const representativeId = await this.#whose(caller, args.representativeId ?? null);
    const { readModels } = this.node;
    const asked = v.safeParse(pageArgs, args);
    if (!asked.success) return answer(refused('INPUT_INVALID'));
    await atLeast(readModels, ['sessions', 'people-and-search'], args.atLeast);
    const { search, before, ...filter } = asked.output;
    const wanted = { ...filter, ...this.#found(search), representativeId };
    const rows = readModels.sessions.page(wanted, before, pageSize + 1);
    const shown = rows.slice(0, pageSize);
    // Turning a page is the same look.
    if (wanted.sessionIds !== null && before === null) await this.#recordSearch(caller, shown.length);
    return {
      sessions: await this.summaries.describe(shown),
      olderBefore: rows.length > pageSize ? cursorOf(shown.at(-1)) : null,
      position: readModels.position('sessions') ?? '',
    };
  }

  @Query('representatives')
  async representatives(@Context() context: StaffContext): Promise<PersonName[]> {
    const only = await this.#whose(signedIn(context), null);
    const ids = only === null ? this.#whoServes() : [only];
    const names = this.names.of(ids.map((id) => streamOf('representative', id)));
    return ids.map((id) => ({ id, name: personalText(names.get(streamOf('representative', id))) }));
  }

  @Subscription('sessionsNow', { resolve: (list: unknown) => list })
  async sessionsNow(@Context() context: StaffContext): Promise<AsyncIterableIterator<SessionNowList>> {
    const denied = await this.node.journal.authorise(signedIn(context), 'session.supervise', 'sessionsNow');
    if (denied) answer(denied);
    const { readModels } = this.node;
    const read = async (): Promise<SessionNowList> => ({
      sessions: await this.#describeNow(readModels.sessions.openNow()),
      position: readModels.position('sessions') ?? '',
    });
    return listFeed(readModels, ['sessions', 'people-and-search'], read, nowEveryMs);
  }

  /** Whoever may serve now, or is disabled: his earlier sessions and figures stay. */
  #whoServes(): readonly string[] {
    return this.node.readModels.accounts
      .all()
      .filter(({ roles }) => permissionsOf(roles).has('session.serve'))
      .map(({ id }) => id);
  }

  /** Null is everybody. Without a right to see the others' it is the caller himself, who may ask for nobody else. */
  async #whose(caller: StaffCaller, asked: string | null): Promise<string | null> {
    const { permissions, accountId } = caller;
    if (permissions.has('session.supervise') || permissions.has('report.read')) return asked;
    const denied = await this.node.journal.authorise(caller, 'session.serve', 'sessions');
    if (denied) return answer(denied);
    if (asked !== null && asked !== accountId)
      return answer(await this.node.journal.refuse(caller, 'sessions', 'NOT_ALLOWED'));
    return accountId;
  }

  /** Nine digits are a number, anything else a part of a customer's name. */
  #found(search: string): Pick<SessionFilter, 'number' | 'sessionIds'> {
    if (search === '') return { number: null, sessionIds: null };
    const number = parseSessionNumber(search);
    if (number !== null) return { number, sessionIds: null };
    const customers = this.node.readModels.people.findCustomers(search, foundLimit);
    return { number: null, sessionIds: customers.flatMap(({ sessionIds }) => sessionIds) };
  }

  async #recordSearch(caller: StaffCaller, results: number): Promise<void> {
    await this.node.journal.recordLook({ type: 'SearchMade', payload: { by: 'name', results } }, caller);
  }

  async #describeNow(rows: readonly NowRow[]): Promise<SessionNow[]> {
    const summaries = await this.summaries.describe(rows);
    const names = this.node.names.of(rows.flatMap(({ customer }) => (customer === null ? [] : [subjectOf(customer)])));
    return rows.flatMap((row, index): SessionNow[] => {
      const summary = summaries[index];
      if (summary === undefined) return [];
      const { customer, shared, sharedSince, talking, reportedAt } = row;
      return [
        {
          ...{ summary, shared: [...shared], sharedSince, talking, reported: reportedAt !== null },
          customerName: customer === null ? null : personalText(names.get(subjectOf(customer))),
          customerPresence: customer?.presence ?? null,
        },
      ];
    });
  }
}

const subjectOf = ({ id }: { readonly id: string }): string => `customer-${id}`;

/** The place behind which the next page begins, as the client carries it about. */
function cursorOf(place: SessionPlace | undefined): string | null {
  return place === undefined ? null : `${place.startedAt}~${place.id}`;
}

const cursor = v.pipe(
  v.string(),
  v.transform((text) => text.split('~')),
  v.tuple([instant, uuid]),
  v.transform(([startedAt, id]): SessionPlace => ({ startedAt, id })),
);

/** Instants as events have them, so that texts compare as times do. */
const pageArgs = v.object({
  search: v.pipe(
    v.nullish(v.string(), ''),
    v.transform((text) => text.trim()),
  ),
  from: v.nullish(instant, null),
  to: v.nullish(instant, null),
  status: v.nullish(v.picklist(['open', 'ended']), null),
  before: v.nullish(cursor, null),
});
