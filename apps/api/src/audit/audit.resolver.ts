import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { instant, parseSessionNumber } from '@deskside/domain';
import type { AccessEvent } from '@deskside/domain';
import { INTEGRITY_STREAM, wellFormedEnvelope, wholeStream } from '@deskside/event-store';
import type { Position, RecordedEvent, StreamName } from '@deskside/event-store';
import type { SessionSummary as SessionRow, SiteHistoryRow } from '@deskside/projections';
import { openPayload } from '@deskside/vault';
import * as v from 'valibot';
import { personalText } from '../accounts/people-names';
import type { StaffCaller } from '../command-path/caller';
import { streamOf } from '../command-path/derived-id';
import { answer, done, refused } from '../command-path/outcome';
import type { Outcome } from '../command-path/outcome';
import { atLeast, placeInLog } from '../graphql/at-least';
import type {
  QueryFindSessionsArgs,
  SessionHistory,
  SessionSearch,
  SiteHistoryEvent,
  SiteHistoryPage,
} from '../graphql/generated/staff';
import { signedIn } from '../graphql/staff-context';
import type { StaffContext } from '../graphql/staff-context';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';
import { SessionSummaries } from '../support-session/session-summaries';
import { acceptedLosses } from './accepted-losses';
import { chainStateOf } from './chain-state';
import { SessionHistories } from './session-histories';

const foundLimit = 200;
const pageSize = 100;

/** What an auditor looks at. Every look is written down, without what he typed. */
const lookAtSite = { type: 'SiteHistoryRead', payload: {} } as const;

@Resolver()
export class AuditResolver {
  constructor(
    @Inject(NODE) private readonly node: DesksideNode,
    @Inject(SessionHistories) private readonly histories: SessionHistories,
    @Inject(SessionSummaries) private readonly summaries: SessionSummaries,
  ) {}

  @Query('findSessions')
  async findSessions(@Context() context: StaffContext, @Args() args: QueryFindSessionsArgs): Promise<SessionSearch> {
    const caller = signedIn(context);
    await this.#authoriseSearch(caller);
    const { readModels } = this.node;
    await atLeast(readModels, ['sessions', 'people-and-search'], args.atLeast);
    const found = answer(this.#find(args));
    const made = { type: 'SearchMade', payload: { by: found.by, results: found.rows.length } } as const;
    const isRecorded = (await this.#record(caller, made)) !== null;
    const sessions = await this.summaries.describe(found.rows);
    return { sessions, isRecorded };
  }

  @Query('sessionHistory')
  async sessionHistory(
    @Context() context: StaffContext,
    @Args('sessionId') sessionId: string,
  ): Promise<SessionHistory> {
    const caller = signedIn(context);
    await this.#authorise(caller, 'sessionHistory');
    const models = ['sessions', 'people-and-search', 'site-history'] as const;
    await atLeast(this.node.readModels, models, await this.node.store.head());
    const history = answer(await this.node.readTurns.run(caller.accountId, () => this.histories.read(sessionId)));
    const [row] = this.node.readModels.sessions.byIds([sessionId]);
    const [summary] = await this.summaries.describe(row === undefined ? [] : [row]);
    if (summary === undefined) return answer(refused('SESSION_NOT_FOUND'));
    const recordedAt = await this.#record(caller, { type: 'SessionReplayed', payload: { sessionId } });
    return { summary, ...history, recordedAt };
  }

  @Query('siteHistory')
  async siteHistory(
    @Context() context: StaffContext,
    @Args() { before, types }: { before?: string | null; types?: readonly string[] | null },
  ): Promise<SiteHistoryPage> {
    const caller = signedIn(context);
    await this.#authorise(caller, 'siteHistory');
    const { store } = this.node;
    const from = before == null ? null : placeInLog(store, before);
    await atLeast(this.node.readModels, ['site-history'], await store.head());
    const query = { before: from, types: types ?? null, limit: pageSize };
    const { rows, olderBefore } = this.node.readModels.siteHistory.page(query);
    const { events, chain } = await this.#readRows(rows);
    // Turning a page is the same look.
    const isRecorded = query.before === null ? (await this.#record(caller, lookAtSite)) !== null : null;
    return { events, chain, olderBefore, isRecorded, people: this.#people(events) };
  }

  async #readRows(rows: readonly SiteHistoryRow[]): Promise<Pick<SiteHistoryPage, 'events' | 'chain'>> {
    const { store, vault } = this.node;
    const streams = await Promise.all(
      distinctStreams(rows.filter(({ stream }) => stream !== INTEGRITY_STREAM)).map((stream) =>
        wholeStream(store, stream),
      ),
    );
    const aboutTheLog = await this.#readAboutTheLog(rows);
    const byId = new Map([...streams.flat(), ...aboutTheLog].map((event) => [event.id as string, event]));
    const events = await Promise.all(
      rows.map(async ({ actor: { kind, id: actorId }, ...row }): Promise<SiteHistoryEvent> => {
        const recorded = byId.get(row.id);
        const envelope = recorded === undefined ? null : wellFormedEnvelope(recorded);
        const payload = envelope === null ? {} : await openPayload(envelope.payload, envelope.id, vault);
        const actor = { kind, id: actorId, sessionRole: null };
        return { ...row, actor, payload, unreadable: envelope === null };
      }),
    );
    return { events, chain: chainStateOf(streams, store, await acceptedLosses(this.node)) };
  }

  /** That stream is as long as the log is old, and whoever checks the log checks it as well. */
  async #readAboutTheLog(rows: readonly SiteHistoryRow[]): Promise<readonly RecordedEvent[]> {
    const wanted = rows.filter(({ stream }) => stream === INTEGRITY_STREAM);
    const read = wanted.map(({ stream, revision }) =>
      this.node.store.readStream(stream as StreamName, { from: BigInt(revision), maxCount: 1 }),
    );
    return (await Promise.all(read)).flat();
  }

  #people(events: readonly SiteHistoryEvent[]): SiteHistoryPage['people'] {
    const streams = events.map((event) => event.stream).filter((stream) => stream.startsWith('representative-'));
    const actors = events.filter((event) => event.actor.kind === 'representative').map((event) => event.actor.id);
    const ids = new Set([...streams.map((stream) => stream.replace('representative-', '')), ...actors]);
    const names = this.node.names.of([...ids].map((id) => streamOf('representative', id)));
    return [...ids].map((id) => ({ id, name: personalText(names.get(streamOf('representative', id))) }));
  }

  #find(args: QueryFindSessionsArgs): Outcome<{ by: Asked['by']; rows: readonly SessionRow[] }> {
    const { sessions } = this.node.readModels;
    const asked = askedFor(args);
    switch (asked?.by) {
      case 'number': {
        const number = parseSessionNumber(asked.number);
        return number === null
          ? refused('SESSION_NUMBER_UNKNOWN')
          : done({ by: 'number', rows: sessions.byNumber(number) });
      }
      case 'name':
        return asked.name.trim() === ''
          ? refused('SEARCH_TOO_SHORT')
          : done({ by: 'name', rows: this.#byName(asked.name) });
      case 'date':
        return done({ by: 'date', rows: sessions.byStart(asked.from, asked.to, foundLimit) });
      case undefined:
        return refused('INPUT_INVALID');
    }
  }

  /** Sessions of the customers and of the representatives who are called so, newest first. */
  #byName(name: string): readonly SessionRow[] {
    const { sessions, people } = this.node.readModels;
    const ids = people.findCustomers(name, foundLimit).flatMap((customer) => customer.sessionIds);
    const served = people
      .findRepresentatives(name, foundLimit)
      .flatMap((id) => sessions.byRepresentative(id, foundLimit));
    const rows = new Map([...sessions.byIds([...new Set(ids)]), ...served].map((row) => [row.id, row]));
    return [...rows.values()].toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1)).slice(0, foundLimit);
  }

  /** Whoever may erase must be able to find. */
  async #authoriseSearch(caller: StaffCaller): Promise<void> {
    if (!caller.permissions.has('personalData.erase')) await this.#authorise(caller, 'findSessions');
  }

  async #authorise(caller: StaffCaller, what: string): Promise<void> {
    const denied = await this.node.journal.authorise(caller, 'audit.read', what);
    if (denied) answer(denied);
  }

  #record(caller: StaffCaller, event: AccessEvent): Promise<Position | null> {
    return this.node.journal.recordLook(event, caller);
  }
}

type Asked =
  | { readonly by: 'number'; readonly number: string }
  | { readonly by: 'name'; readonly name: string }
  | { readonly by: 'date'; readonly from: string; readonly to: string };

/** Streams once each, in the order of their first mention. */
function distinctStreams(rows: readonly { readonly stream: StreamName }[]): readonly StreamName[] {
  return [...new Set(rows.map((row) => row.stream))];
}

/** Exactly one of the three; null for none, for two, and for half a span of time. */
function askedFor({ number, name, from, to }: QueryFindSessionsArgs): Asked | null {
  const asked: Asked[] = [];
  if (typeof number === 'string') asked.push({ by: 'number', number });
  if (typeof name === 'string') asked.push({ by: 'name', name });
  if (v.is(span, { from, to })) asked.push({ by: 'date', ...v.parse(span, { from, to }) });
  else if ((from ?? to) != null) return null;
  return asked.length === 1 ? (asked[0] ?? null) : null;
}

/** Instants as events have them, so that texts compare as times do. */
const span = v.object({ from: instant, to: instant });
