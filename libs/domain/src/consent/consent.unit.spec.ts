import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider';
import { isResumable } from '../session-state';
import { supportSession } from '../support-session';
import type { SupportSessionEvent } from '../support-session';
import { at, given, id, recorded } from '../test-support/given-when-then';
import { about, ana, ben, colleague, csr, ended, joined, withAna, withAnaAndBen } from '../test-support/session-story';
import type { Person } from '../test-support/session-story';
import type { CommandOf } from './consent-commands';
import type { ConsentEvent } from './consent-events';

const requestId = id(300);
const grantId = id(400);
type Type<T extends ConsentEvent['type']> = Extract<ConsentEvent, { type: T }>;

const asked: Type<'PermissionRequested'> = {
  type: 'PermissionRequested',
  payload: {
    ...{ requestId, capability: 'desktop', access: 'view' },
    ...{ ownerId: ana.participantId, requestedBy: csr.participantId, grantees: [csr.participantId] },
  },
};
const shown = (seconds: number): ConsentEvent => ({
  type: 'PermissionRequestShown',
  payload: { requestId, expiresAt: at(seconds) },
});
const approved: ConsentEvent = { type: 'PermissionApproved', payload: { requestId } };
const granted: Type<'PermissionGranted'> = {
  type: 'PermissionGranted',
  payload: {
    ...{ requestId, grantId, capability: 'desktop', access: 'view' },
    ...{ ownerId: ana.participantId, grantees: [csr.participantId], surface: 'monitor', resumes: null },
  },
};
const revoked: ConsentEvent = { type: 'PermissionRevoked', payload: { requestId, grantId, by: ana.participantId } };
const endedBy = (reason: Type<'PermissionEnded'>['payload']['reason'], by: Person | null): ConsentEvent => ({
  type: 'PermissionEnded',
  payload: { requestId, grantId, by: by?.participantId ?? null, reason },
});
const withdrawn = (by: Person | null): ConsentEvent => ({
  type: 'PermissionWithdrawn',
  payload: { requestId, by: by?.participantId ?? null },
});
const choosing: readonly SupportSessionEvent[] = [...withAna, asked, shown(200), approved];
const sharing: readonly SupportSessionEvent[] = [...choosing, granted];

const ask = (by: Person = csr): Pick<CommandOf<'RequestPermission'>, 'type' | 'payload'> => ({
  type: 'RequestPermission',
  payload: { requestId, capability: 'desktop', access: 'view', by: by.participantId },
});
const answer = <T extends 'ShowRequest' | 'ExtendRequest' | 'ApproveRequest' | 'DenyRequest' | 'WithdrawRequest'>(
  type: T,
  by: Person,
): { type: T; payload: { requestId: string; by: string } } => ({ type, payload: { requestId, by: by.participantId } });
const grant = (
  surface: 'monitor' | 'window' | 'unknown',
  by = ana,
): Pick<CommandOf<'GrantPermission'>, 'type' | 'payload'> => ({
  type: 'GrantPermission',
  payload: { requestId, grantId, surface, by: by.participantId },
});

describe('RequestPermission', () => {
  it('asks the primary customer for everybody who serves the session, by name', () => {
    const together = joined(colleague, 'assistingRepresentative');
    given(supportSession, ...withAna, together)
      .when(ask())
      .then({
        ...asked,
        payload: { ...asked.payload, grantees: [csr.participantId, colleague.participantId] },
      });
  });

  it('asks a customer whose connection is lost: the question waits until her page is back', () => {
    given(supportSession, ...withAna, about('ParticipantDisconnected', ana))
      .when(ask())
      .then(asked);
  });

  it('is refused to customers', () => {
    given(supportSession, ...withAna)
      .when(ask(ana))
      .thenRefused('NOT_A_PARTICIPANT');
  });

  it('is refused before a customer came and after she left', () => {
    given(supportSession, ...withAna.slice(0, 2))
      .when(ask())
      .thenRefused('CUSTOMER_NOT_HERE');
    given(supportSession, ...withAna, about('ParticipantLeft', ana))
      .when(ask())
      .thenRefused('CUSTOMER_NOT_HERE');
  });

  it('is refused where the device cannot: before anybody is asked', () => {
    const phone = { browser: 'Chrome', system: 'Android', form: 'phone', microphones: 1, cameras: 2 } as const;
    const device = { ...phone, canShareScreen: false };
    given(supportSession, ...withAna, {
      type: 'DeviceDescribed',
      payload: { participantId: ana.participantId, device },
    })
      .when(ask())
      .thenRefused('DEVICE_CANNOT');
  });

  it('is refused while one is open or the screen is shared already: two at once ask once', () => {
    const again = { ...ask(), payload: { ...ask().payload, requestId: id(301) } };
    given(supportSession, ...withAna, asked)
      .when(again)
      .thenRefused('REQUEST_ALREADY_OPEN');
    given(supportSession, ...choosing)
      .when(again)
      .thenRefused('REQUEST_ALREADY_OPEN');
    given(supportSession, ...sharing)
      .when(again)
      .thenRefused('ALREADY_GRANTED');
  });

  it('can ask again after a no', () => {
    const again = { ...ask(), payload: { ...ask().payload, requestId: id(301) } };
    given(supportSession, ...withAna, asked, { type: 'PermissionDenied', payload: { requestId } })
      .when(again)
      .then({ ...asked, payload: { ...asked.payload, requestId: id(301) } });
  });

  it('is refused in an ended session', () => {
    given(supportSession, ...withAna, ended)
      .when(ask())
      .thenRefused('SESSION_ENDED');
  });
});

describe('the time of a question', () => {
  it('begins when it stands on the screen: 120 seconds', () => {
    given(supportSession, ...withAna, asked)
      .when({ ...answer('ShowRequest', ana), now: at(500) })
      .then(shown(620));
  });

  it('begins once, however often the page is loaded', () => {
    given(supportSession, ...withAna, asked, shown(200))
      .when({ ...answer('ShowRequest', ana), now: at(100) })
      .thenNothing();
  });

  it('is 120 seconds longer with "More time"', () => {
    given(supportSession, ...withAna, asked, shown(200))
      .when({ ...answer('ExtendRequest', ana), now: at(199) })
      .then({ type: 'PermissionTimeExtended', payload: { requestId, expiresAt: at(320) } });
  });

  it('ends the question by itself, not a second earlier, and not while she chooses', () => {
    const timeOut = { type: 'TimeOutRequest', payload: { requestId } } as const;
    given(supportSession, ...withAna, asked, shown(200))
      .when({ ...timeOut, now: at(200) })
      .then({ type: 'PermissionTimedOut', payload: { requestId } });
    given(supportSession, ...withAna, asked, shown(200))
      .when({ ...timeOut, now: at(199) })
      .thenNothing();
    given(supportSession, ...choosing)
      .when({ ...timeOut, now: at(9000) })
      .thenNothing();
    given(supportSession, ...withAna, asked)
      .when({ ...timeOut, now: at(9000) })
      .thenNothing();
  });

  it('refuses a late approval though no timer has fired', () => {
    given(supportSession, ...withAna, asked, shown(200))
      .when({ ...answer('ApproveRequest', ana), now: at(200) })
      .thenRefused('REQUEST_TIMED_OUT');
    given(supportSession, ...withAna, asked, shown(200))
      .when({ ...answer('ExtendRequest', ana), now: at(200) })
      .thenRefused('REQUEST_TIMED_OUT');
  });

  it('stands still in the browser’s dialog and goes on with what was left', () => {
    // Approved at second 6 of the stream with 194 seconds left; back a thousand seconds later.
    const revision = choosing.length - 1;
    given(supportSession, ...choosing)
      .when({
        type: 'ReportNothingChosen',
        payload: { requestId, by: ana.participantId, reason: 'nothingChosen' },
        now: at(1000),
      })
      .then({
        type: 'PermissionNothingChosen',
        payload: { requestId, reason: 'nothingChosen', expiresAt: at(1000 + 200 - revision) },
      });
  });

  it('leaves at least 20 seconds to try again', () => {
    given(supportSession, ...withAna, asked, shown(5), approved)
      .when({
        type: 'ReportNothingChosen',
        payload: { requestId, by: ana.participantId, reason: 'wrongSurface' },
        now: at(100),
      })
      .then({
        type: 'PermissionNothingChosen',
        payload: { requestId, reason: 'wrongSurface', expiresAt: at(120) },
      });
  });
});

describe('the answer', () => {
  it('is the owner’s alone', () => {
    for (const type of ['ShowRequest', 'ExtendRequest', 'ApproveRequest', 'DenyRequest'] as const)
      for (const other of [ben, csr])
        given(supportSession, ...withAnaAndBen, asked)
          .when(answer(type, other))
          .thenRefused('NOT_ALLOWED');
  });

  it('can be no', () => {
    given(supportSession, ...withAna, asked, shown(200))
      .when(answer('DenyRequest', ana))
      .then({ type: 'PermissionDenied', payload: { requestId } });
  });

  it('comes too late after a withdrawal', () => {
    given(supportSession, ...withAna, asked, shown(200), withdrawn(csr))
      .when(answer('ApproveRequest', ana))
      .thenRefused('REQUEST_NOT_OPEN');
    given(supportSession, ...choosing, withdrawn(csr))
      .when(grant('monitor'))
      .thenRefused('REQUEST_NOT_OPEN');
  });

  it('has no question to belong to', () => {
    given(supportSession, ...withAna)
      .when(answer('ApproveRequest', ana))
      .thenRefused('REQUEST_NOT_OPEN');
  });
});

describe('WithdrawRequest', () => {
  it('takes the question back, also while she chooses', () => {
    given(supportSession, ...withAna, asked)
      .when(answer('WithdrawRequest', csr))
      .then(withdrawn(csr));
    given(supportSession, ...choosing)
      .when(answer('WithdrawRequest', csr))
      .then(withdrawn(csr));
  });

  it('says nothing twice and comes too late after the choice', () => {
    given(supportSession, ...withAna, asked, withdrawn(csr))
      .when(answer('WithdrawRequest', csr))
      .thenNothing();
    given(supportSession, ...sharing)
      .when(answer('WithdrawRequest', csr))
      .thenRefused('REQUEST_NOT_OPEN');
  });

  it('is not the customer’s', () => {
    given(supportSession, ...withAna, asked)
      .when(answer('WithdrawRequest', ana))
      .thenRefused('NOT_A_PARTICIPANT');
  });
});

describe('GrantPermission', () => {
  it('opens the chosen screen to those who were named', () => {
    given(supportSession, ...choosing)
      .when(grant('monitor'))
      .then(granted);
  });

  it('refuses a window where a screen was asked', () => {
    given(supportSession, ...choosing)
      .when(grant('window'))
      .thenRefused('WRONG_SURFACE');
  });

  it('takes the owner’s word where her browser does not say what was chosen', () => {
    given(supportSession, ...choosing)
      .when(grant('unknown'))
      .then({ ...granted, payload: { ...granted.payload, surface: 'unknown' } });
  });

  it('wants the approval first', () => {
    given(supportSession, ...withAna, asked, shown(200))
      .when(grant('monitor'))
      .thenRefused('REQUEST_NOT_OPEN');
  });

  it('is the owner’s alone, and once', () => {
    given(supportSession, ...choosing)
      .when(grant('monitor', csr))
      .thenRefused('NOT_ALLOWED');
    given(supportSession, ...sharing)
      .when(grant('monitor'))
      .thenRefused('REQUEST_NOT_OPEN');
  });

  it('never opens it to somebody who came after the question', () => {
    const late = joined(colleague, 'assistingRepresentative');
    given(supportSession, ...choosing, late)
      .when(grant('monitor'))
      .then(granted);
  });
});

describe('Stop', () => {
  const stop = (by: Person): Pick<CommandOf<'RevokePermission'>, 'type' | 'payload'> => ({
    type: 'RevokePermission',
    payload: { grantId, by: by.participantId },
  });

  it('revokes', () => {
    given(supportSession, ...sharing)
      .when(stop(ana))
      .then(revoked);
  });

  it('is one when pressed twice, or when the viewer was quicker', () => {
    given(supportSession, ...sharing, revoked)
      .when(stop(ana))
      .thenNothing();
    given(supportSession, ...sharing, endedBy('endedByViewer', csr))
      .when(stop(ana))
      .thenNothing();
  });

  it('is the owner’s', () => {
    given(supportSession, ...sharing)
      .when(stop(csr))
      .thenRefused('NOT_ALLOWED');
    given(supportSession, ...withAna)
      .when(stop(ana))
      .thenRefused('GRANT_NOT_FOUND');
  });
});

describe('EndPermission', () => {
  const end = (
    reason: CommandOf<'EndPermission'>['payload']['reason'],
    by: Person,
  ): Pick<CommandOf<'EndPermission'>, 'type' | 'payload'> => ({
    type: 'EndPermission',
    payload: { grantId, by: by.participantId, reason },
  });

  it('lets a viewer end what he sees, and the owner’s page say that it closed', () => {
    given(supportSession, ...sharing)
      .when(end('endedByViewer', csr))
      .then(endedBy('endedByViewer', csr));
    given(supportSession, ...sharing)
      .when(end('pageClosed', ana))
      .then(endedBy('pageClosed', ana));
  });

  it('lets nobody speak for another', () => {
    given(supportSession, ...sharing)
      .when(end('pageClosed', csr))
      .thenRefused('NOT_ALLOWED');
    given(supportSession, ...sharing, joined(colleague, 'assistingRepresentative'))
      .when(end('endedByViewer', colleague))
      .thenRefused('NOT_ALLOWED');
  });

  it('says nothing twice', () => {
    given(supportSession, ...sharing, endedBy('pageClosed', ana))
      .when(end('pageClosed', ana))
      .thenNothing();
  });
});

describe('ResumePermission', () => {
  const next = id(401);
  const resume = (
    by = ana,
    surface: 'monitor' | 'window' = 'monitor',
  ): Pick<CommandOf<'ResumePermission'>, 'type' | 'payload'> => ({
    type: 'ResumePermission',
    payload: { endedGrantId: grantId, grantId: next, by: by.participantId, surface },
  });

  it('takes up what ended with the page, without a new question', () => {
    given(supportSession, ...sharing, endedBy('pageClosed', ana))
      .when(resume())
      .then({ ...granted, payload: { ...granted.payload, grantId: next, resumes: grantId } });
  });

  it('takes up nothing that somebody stopped', () => {
    for (const over of [revoked, endedBy('endedByViewer', csr)])
      given(supportSession, ...sharing, over)
        .when(resume())
        .thenRefused('GRANT_NOT_FOUND');
  });

  it('is the owner’s, once, and with a screen', () => {
    const closed = [...sharing, endedBy('pageClosed', ana)];
    given(supportSession, ...closed)
      .when(resume(csr))
      .thenRefused('NOT_ALLOWED');
    given(supportSession, ...closed)
      .when(resume(ana, 'window'))
      .thenRefused('WRONG_SURFACE');
    const taken = { ...granted, payload: { ...granted.payload, grantId: next, resumes: grantId } };
    given(supportSession, ...closed, taken)
      .when({ ...resume(), payload: { ...resume().payload, grantId: id(402) } })
      .thenRefused('ALREADY_GRANTED');
  });

  it('says what may be taken up', () => {
    const events = [...sharing, endedBy('pageClosed', ana)].map((event, n) => recorded(event, n));
    const session = fold(supportSession, events);
    const grants = session.status === 'absent' ? {} : session.grants;
    expect(Object.values(grants).map(isResumable)).toEqual([true]);
  });
});

describe('whoever goes takes his grants with him', () => {
  it('ends what the leaving customer shows', () => {
    given(supportSession, ...sharing)
      .when({ type: 'LeaveSession', payload: { participantId: ana.participantId } })
      .then(endedBy('ownerLeft', ana), about('ParticipantLeft', ana));
  });

  it('ends what a removed customer shows', () => {
    given(supportSession, ...sharing)
      .when({ type: 'RemoveParticipant', payload: { participantId: ana.participantId, by: csr.participantId } })
      .then(endedBy('ownerLeft', ana), about('ParticipantRemoved', ana));
  });

  it('ends what nobody is left to see', () => {
    given(supportSession, ...sharing, joined(colleague, 'assistingRepresentative'))
      .when({ type: 'LeaveSession', payload: { participantId: csr.participantId } })
      .then(endedBy('viewersLeft', csr), about('ParticipantLeft', csr));
  });

  it('ends everything with the session', () => {
    given(supportSession, ...sharing)
      .when({ type: 'EndSession', payload: { by: csr.participantId } })
      .then(endedBy('sessionEnded', csr), ended);
    given(supportSession, ...choosing)
      .when({ type: 'EndSession', payload: { by: csr.participantId } })
      .then(withdrawn(csr), ended);
  });
});
