import { describe, it } from '@jest/globals';
import { supportSession } from '../support-session';
import type { SupportSessionEvent } from '../support-session';
import { given, id } from '../test-support/given-when-then';
import { ana, csr, ended, started, withAna } from '../test-support/session-story';
import type { ReportingCommand } from './reporting';

type Via = 'number' | 'invitation' | 'participant';

type Report = Extract<ReportingCommand, { type: 'ReportSession' }>;

function report(via: Via, participantId: string | null = null): Pick<Report, 'type' | 'payload'> {
  return { type: 'ReportSession', payload: { via, participantId } };
}

function reported(via: Via, participantId: string | null = null): SupportSessionEvent {
  return { type: 'SessionReported', payload: { via, participantId } };
}

function endedBy(by: string | null): SupportSessionEvent {
  return { type: 'SessionEnded', payload: { reason: 'reported', by } };
}

describe('ReportSession', () => {
  it('ends the session: by its link, its place, or a number that still lets in', () => {
    given(supportSession, ...started)
      .when(report('number'))
      .then(reported('number'), endedBy(null));
    given(supportSession, ...withAna)
      .when(report('invitation'))
      .then(reported('invitation'), endedBy(null));
    given(supportSession, ...withAna)
      .when(report('participant', ana.participantId))
      .then(reported('participant', ana.participantId), endedBy(ana.participantId));
  });

  it('ends nothing by the number alone once a customer is in: it may have been overheard', () => {
    given(supportSession, ...withAna)
      .when(report('number'))
      .then(reported('number'));
  });

  it('ends nothing by a link that was withdrawn, once a customer is in', () => {
    const invitationId = id(77);
    const invited: SupportSessionEvent = {
      type: 'CustomerInvited',
      payload: { invitationId, channel: 'instantMessage', locale: 'en', by: csr.participantId },
    };
    const withdrawn: SupportSessionEvent = {
      type: 'InvitationWithdrawn',
      payload: { invitationId, by: csr.participantId },
    };
    const byLink = {
      ...report('invitation'),
      payload: { via: 'invitation', participantId: null, invitationId },
    } as const;
    given(supportSession, ...withAna, invited, withdrawn)
      .when(byLink)
      .then(reported('invitation'));
    given(supportSession, ...withAna, invited)
      .when(byLink)
      .then(reported('invitation'), endedBy(null));
  });

  it('is written once, and by no representative', () => {
    given(supportSession, ...withAna, reported('number'))
      .when(report('number'))
      .thenNothing();
    given(supportSession, ...withAna)
      .when(report('participant', csr.participantId))
      .thenRefused('NOT_A_PARTICIPANT');
    given(supportSession, ...withAna, ended)
      .when(report('number'))
      .thenRefused('SESSION_ENDED');
  });
});

describe('ReviewSessionReport', () => {
  const by = id(11);
  const review = { type: 'ReviewSessionReport', payload: { by } } as const;

  it('is noted after the end too, once', () => {
    given(supportSession, ...withAna, reported('invitation'), endedBy(null))
      .when(review)
      .then({ type: 'SessionReportReviewed', payload: { by } });
    given(supportSession, ...withAna, reported('number'), { type: 'SessionReportReviewed', payload: { by } })
      .when(review)
      .thenNothing();
  });

  it('has nothing to say of a session that nobody reported', () => {
    given(supportSession, ...withAna)
      .when(review)
      .thenNothing();
  });
});
