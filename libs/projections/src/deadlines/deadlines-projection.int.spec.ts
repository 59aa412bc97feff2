import { afterEach, describe, expect, it } from '@jest/globals';
import { event, projectRows } from '../testing/project-rows';
import type { ProjectedRows } from '../testing/project-rows';
import type { SampleEvent } from '../testing/sample-history';
import { deadlineQueries } from './deadline-queries';
import { deadlinesProjection } from './deadlines-projection';
import type { DeadlineQueries } from './due-row';

const session = 'supportSession-s1';
const claim = 'claim-sessionNumber-aa';
const lapses = '2026-03-01T10:00:00.000Z';
const confirmBy = '2026-03-01T09:30:00.000Z';
const claimed = (claimant = session, kind = 'sessionNumber', stream = claim): SampleEvent =>
  event(stream, 'ValueClaimed', { kind, claimant, confirmBy });
const started = (): SampleEvent => event(session, 'SessionStarted', { number: '100000001', numberExpiresAt: lapses });
const joined = (role: string): SampleEvent => event(session, 'ParticipantJoined', { role, personId: 'c' });
const ended = (): SampleEvent => event(session, 'SessionEnded', { reason: 'numberLapsed', by: null });
const released = (reason: string): SampleEvent => event(claim, 'ValueReleased', { claimant: session, reason });

describe('the due list', () => {
  let model: ProjectedRows<DeadlineQueries> | undefined;
  const given = async (...events: readonly SampleEvent[]): Promise<DeadlineQueries> => {
    model = await projectRows(deadlinesProjection, deadlineQueries, events);
    return model.queries;
  };
  afterEach(() => model?.close());
  const never = '9999';

  it('is empty at first', async () => {
    const deadlines = await given();
    expect(deadlines.nextDueAt()).toBeNull();
    expect(deadlines.due(never, 5)).toEqual([]);
  });

  it('has a claim until its claimant appears', async () => {
    const deadlines = await given(claimed());
    expect(deadlines.nextDueAt()).toBe(confirmBy);
    expect(deadlines.due(never, 5)).toEqual([{ kind: 'claim', stream: claim, dueAt: confirmBy, claimant: session }]);
    expect(deadlines.due('2026-03-01T09:29:59.999Z', 5)).toEqual([]);
  });

  it('has the lapse of a number from the start of its session on', async () => {
    const deadlines = await given(claimed(), started(), joined('primaryRepresentative'));
    expect(deadlines.due(never, 5)).toEqual([{ kind: 'sessionNumber', stream: session, dueAt: lapses }]);
  });

  it('forgets the lapse when a primary customer has joined', async () => {
    expect((await given(claimed(), started(), joined('primaryCustomer'))).due(never, 5)).toEqual([]);
  });

  it('wants the number released as soon as the session has ended', async () => {
    const end = ended();
    const deadlines = await given(claimed(), started(), end);
    expect(deadlines.due(end.occurredAt, 5)).toEqual([
      { kind: 'releaseNumber', stream: session, dueAt: end.occurredAt, claim },
    ]);
  });

  it('is done with a session when its number is released', async () => {
    expect((await given(claimed(), started(), ended(), released('sessionEnded'))).nextDueAt()).toBeNull();
  });

  it('asks for no release of a number that is free already', async () => {
    const deadlines = await given(claimed(), released('orphaned'), started(), ended());
    expect(deadlines.due(never, 5)).toEqual([]);
  });

  it('has no orphan where an account that exists claims an address', async () => {
    const account = 'representative-r1';
    const deadlines = await given(
      claimed(account, 'email', 'claim-email-1'),
      event(account, 'AccountCreated', { representativeId: 'r1', roles: [] }),
      claimed(account, 'email', 'claim-email-2'),
    );
    expect(deadlines.due(never, 5)).toEqual([]);
  });

  const shownUntil = '2026-03-01T09:10:00.000Z';
  const laterOn = '2026-03-01T09:12:00.000Z';
  const question = (type: string, more: object = {}, requestId = 'q1'): SampleEvent =>
    event(session, type, { requestId, ...more });
  const shown = question('PermissionRequestShown', { expiresAt: shownUntil });

  it('has a question from the moment it stands on the screen, until its time is over', async () => {
    const deadlines = await given(question('PermissionRequested'), shown);
    expect(deadlines.due(shownUntil, 5)).toEqual([
      { kind: 'permissionRequest', stream: session, dueAt: shownUntil, requestId: 'q1' },
    ]);
    expect(deadlines.due('2026-03-01T09:09:59.999Z', 5)).toEqual([]);
  });

  it.each(['PermissionTimeExtended', 'PermissionNothingChosen'])('has a question later after %s', async (type) => {
    const deadlines = await given(shown, question('PermissionApproved'), question(type, { expiresAt: laterOn }));
    expect(deadlines.due(never, 5).map(({ dueAt }) => dueAt)).toEqual([laterOn]);
  });

  it.each(['Approved', 'Denied', 'Granted', 'Withdrawn', 'TimedOut'])(
    'lets go of a question that was %s, and of no other',
    async (end) => {
      const other = question('PermissionRequestShown', { expiresAt: laterOn }, 'q2');
      const deadlines = await given(shown, other, question(`Permission${end}`));
      expect(deadlines.due(never, 5)).toMatchObject([{ requestId: 'q2' }]);
    },
  );

  it('gives what is due longest first, and no more than asked for', async () => {
    const deadlines = await given(claimed('supportSession-x', 'sessionNumber', 'claim-sessionNumber-bb'), started());
    expect(deadlines.due(never, 5).map(({ kind }) => kind)).toEqual(['claim', 'sessionNumber']);
    expect(deadlines.due(never, 1)).toHaveLength(1);
  });
});
