import { afterEach, describe, expect, it } from '@jest/globals';
import { event, projectRows } from '../testing/project-rows';
import type { ProjectedRows } from '../testing/project-rows';
import type { SampleEvent } from '../testing/sample-history';
import { sessionQueries } from './session-queries';
import type { SessionQueries } from './session-summary';
import { sessionsProjection } from './sessions-projection';

const sealed = (ciphertext: string) => ({ subject: 'supportSession-s1', class: 'content', nonce: 'n', ciphertext });
const started = (id: string, number: string, more: object = {}): SampleEvent =>
  event(`supportSession-${id}`, 'SessionStarted', {
    ...{ direction: 'outbound', number, numberExpiresAt: '2026-03-01T10:00:00.000Z', representativeId: 'r1' },
    ...more,
  });
const joined = (id: string, participantId: string, personId: string, role = 'primaryCustomer'): SampleEvent =>
  event(`supportSession-${id}`, 'ParticipantJoined', { participantId, personId, role, name: sealed('name') });
const about = (id: string, type: string, participantId: string): SampleEvent =>
  event(`supportSession-${id}`, type, { participantId });
const said = (id: string, type = 'ChatMessageSent'): SampleEvent =>
  event(`supportSession-${id}`, type, { messageId: 'm', authorId: 'p', to: 'all', text: sealed('line') });
const ended = (id: string, reason = 'endedByRepresentative'): SampleEvent =>
  event(`supportSession-${id}`, 'SessionEnded', { reason, by: 'r1' });

describe('the sessions', () => {
  let model: ProjectedRows<SessionQueries> | undefined;
  const given = async (...events: readonly SampleEvent[]): Promise<SessionQueries> => {
    model = await projectRows(sessionsProjection, sessionQueries, events);
    return model.queries;
  };
  afterEach(() => model?.close());

  it('has a session with its sealed texts and where they stand', async () => {
    const start = started('s1', '482913057', { subject: sealed('about'), ticket: sealed('T-1') });
    const sessions = await given(start);
    expect(sessions.byIds(['s1', 'unknown'])).toEqual([
      {
        ...{
          id: 's1',
          number: '482913057',
          status: 'open',
          startedAt: start.occurredAt,
          endedAt: null,
          endReason: null,
        },
        ...{ representativeId: 'r1', customerIds: [], chatLines: 0, reportedAt: null, lastRevision: 0 },
        subject: { sealed: sealed('about'), place: { eventId: start.id, path: 'subject' } },
        ticket: { sealed: sealed('T-1'), place: { eventId: start.id, path: 'ticket' } },
      },
    ]);
  });

  it('names each customer once, in the order of joining, and no representative', async () => {
    const sessions = await given(
      started('s1', '482913057'),
      joined('s1', 'p0', 'r1', 'primaryRepresentative'),
      joined('s1', 'p1', 'zoe'),
      about('s1', 'ParticipantLeft', 'p1'),
      joined('s1', 'p2', 'ana', 'secondaryCustomer'),
      joined('s1', 'p3', 'zoe', 'secondaryCustomer'),
    );
    expect(sessions.byIds(['s1'])[0]?.customerIds).toEqual(['zoe', 'ana']);
    expect(sessions.byCustomer('ana').map(({ id }) => id)).toEqual(['s1']);
    expect(sessions.byCustomer('r1')).toEqual([]);
  });

  it('counts the chat lines that are still there and the last revision', async () => {
    const sessions = await given(
      started('s1', '482913057'),
      said('s1'),
      said('s1'),
      said('s1', 'ChatMessageTakenBack'),
      event('supportSession-s1', 'SomethingOfANewerVersion', { x: 1 }),
    );
    expect(sessions.byIds(['s1'])[0]).toMatchObject({ chatLines: 1, lastRevision: 4 });
  });

  it('lists open sessions of a representative and drops them at their end', async () => {
    const end = ended('s1', 'numberLapsed');
    const sessions = await given(
      started('s1', '100000001'),
      started('s2', '100000002'),
      started('s3', '100000003'),
      started('s4', '100000004', { representativeId: 'r2' }),
      end,
    );
    expect(sessions.openSessionsOf('r1').map(({ id }) => id)).toEqual(['s3', 's2']);
    expect(sessions.byIds(['s1'])[0]).toMatchObject({
      ...{ status: 'ended', endedAt: end.occurredAt, endReason: 'numberLapsed' },
    });
    expect(sessions.sessionCounts()).toEqual({ started: 4, open: 3 });
  });

  it('finds sessions by number and by day, newest first', async () => {
    const first = started('s1', '100000001');
    const second = started('s2', '100000001');
    const third = started('s3', '100000003');
    const sessions = await given(first, second, third);
    expect(sessions.byNumber('100000001').map(({ id }) => id)).toEqual(['s2', 's1']);
    const between = sessions.byStart(first.occurredAt, third.occurredAt, 10).map(({ id }) => id);
    expect(between).toEqual(['s2', 's1']);
    expect(sessions.byStart(first.occurredAt, '2027', 1).map(({ id }) => id)).toEqual(['s3']);
  });

  it('knows who counted as present in the open sessions', async () => {
    const sessions = await given(
      started('s1', '100000001'),
      ...[
        joined('s1', 'stays', 'c1'),
        joined('s1', 'back', 'c2'),
        joined('s1', 'away', 'c3'),
        joined('s1', 'left', 'c4'),
      ],
      ...[joined('s1', 'removed', 'c5'), about('s1', 'ParticipantDisconnected', 'back')],
      ...[about('s1', 'ParticipantReturned', 'back'), about('s1', 'ParticipantDisconnected', 'away')],
      ...[about('s1', 'ParticipantLeft', 'left'), about('s1', 'ParticipantRemoved', 'removed')],
      ...[started('s2', '100000002'), joined('s2', 'other', 'c6'), ended('s2')],
    );
    expect(sessions.openSessionsWithPeoplePresent()).toEqual([{ sessionId: 's1', participantIds: ['stays', 'back'] }]);
  });

  const granted = (id: string, grantId: string, capability = 'desktop'): SampleEvent =>
    event(`supportSession-${id}`, 'PermissionGranted', {
      ...{ requestId: `of ${grantId}`, grantId, capability, access: 'view', ownerId: 'p1', grantees: ['p0'] },
      ...{ surface: 'monitor', resumes: null },
    });
  const over = (id: string, type: string, grantId: string): SampleEvent =>
    event(`supportSession-${id}`, type, { requestId: `of ${grantId}`, grantId, by: 'p1', reason: 'pageClosed' });

  it('shows of an open session who is helped, what is shared since when, and how many talk', async () => {
    const shared = granted('s1', 'g2');
    const sessions = await given(
      ...[started('s1', '100000001'), joined('s1', 'p0', 'r1', 'primaryRepresentative'), joined('s1', 'p1', 'ana')],
      ...[joined('s1', 'p2', 'zoe', 'secondaryCustomer'), about('s1', 'ParticipantDisconnected', 'p1')],
      ...[about('s1', 'AudioJoined', 'p0'), about('s1', 'AudioJoined', 'p1'), about('s1', 'AudioJoined', 'p2')],
      ...[about('s1', 'AudioLeft', 'p1'), about('s1', 'ParticipantRemoved', 'p2')],
      ...[granted('s1', 'g1'), over('s1', 'PermissionEnded', 'g1'), shared, granted('s1', 'g3', 'camera')],
      ...[started('s2', '100000002'), joined('s2', 'p3', 'ana'), granted('s2', 'g4'), ended('s2')],
      started('s3', '100000003'),
    );
    expect(sessions.openNow()).toMatchObject([
      { id: 's3', customer: null, shared: [], sharedSince: null, talking: 0 },
      {
        ...{ id: 's1', customer: { id: 'ana', presence: 'away' }, talking: 1 },
        ...{ shared: ['desktop/view', 'camera/view'], sharedSince: shared.occurredAt },
      },
    ]);
  });

  it('says of a customer who was sent out that he has left, and shows no grant that was revoked', async () => {
    const sessions = await given(
      ...[started('s1', '100000001'), joined('s1', 'p1', 'ana'), granted('s1', 'g1')],
      ...[over('s1', 'PermissionRevoked', 'g1'), about('s1', 'ParticipantRemoved', 'p1')],
    );
    expect(sessions.openNow()).toMatchObject([{ customer: { id: 'ana', presence: 'left' }, shared: [] }]);
  });

  it('says since when a session is reported until somebody has looked at it', async () => {
    const report = (id: string): SampleEvent =>
      event(`supportSession-${id}`, 'SessionReported', { via: 'number', participantId: null });
    const first = report('s1');
    const sessions = await given(
      ...[started('s1', '100000001'), started('s2', '100000002'), started('s3', '100000003')],
      ...[first, report('s2'), ended('s2', 'reported'), report('s3')],
      event('supportSession-s3', 'SessionReportReviewed', { by: 'r9' }),
    );
    expect(sessions.byIds(['s1', 's3']).map(({ reportedAt }) => reportedAt)).toEqual([first.occurredAt, null]);
    expect(sessions.byIds(['s2'])).toMatchObject([{ status: 'ended', endReason: 'reported' }]);
  });

  const all = { number: null, sessionIds: null, from: null, to: null, representativeId: null, status: null };

  it('turns pages of all sessions, newest first, without a gap or a double', async () => {
    const at = '2026-03-01T09:30:00.000Z';
    const sameTime = ['s1', 's2', 's3', 's4', 's5'].map((id) => ({ ...started(id, '100000001'), occurredAt: at }));
    const sessions = await given(...sameTime, started('s6', '100000006'));
    const seen: string[] = [];
    for (let page = sessions.page(all, null, 2); page.length > 0; page = sessions.page(all, page.at(-1) ?? null, 2))
      seen.push(...page.map(({ id }) => id));
    expect(seen.sort()).toEqual(['s1', 's2', 's3', 's4', 's5', 's6']);
    expect(sessions.page(all, null, 10).map(({ id }) => id)).toEqual(['s5', 's4', 's3', 's2', 's1', 's6']);
  });

  it('filters pages by number, ids, time, participant and status', async () => {
    const first = started('s1', '100000001');
    const second = started('s2', '100000002');
    const sessions = await given(
      ...[first, joined('s1', 'p0', 'r1', 'primaryRepresentative'), ended('s1')],
      ...[second, joined('s2', 'p1', 'r2', 'secondaryRepresentative')],
    );
    const found = (filter: object): readonly string[] =>
      sessions.page({ ...all, ...filter }, null, 10).map(({ id }) => id);
    expect(found({ number: '100000001' })).toEqual(['s1']);
    expect(found({ sessionIds: ['s2', 'other'] })).toEqual(['s2']);
    expect(found({ sessionIds: [] })).toEqual([]);
    expect(found({ from: second.occurredAt })).toEqual(['s2']);
    expect(found({ to: second.occurredAt })).toEqual(['s1']);
    expect(found({ representativeId: 'r2' })).toEqual(['s2']);
    expect(found({ status: 'ended' })).toEqual(['s1']);
    expect(found({ status: 'ended', representativeId: 'r2' })).toEqual([]);
  });
});
