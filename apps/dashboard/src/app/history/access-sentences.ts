import type { AccessEvent, ClaimEvent } from '@deskside/domain';
import { sentence } from './sentence';
import type { SentenceTable } from './sentence-table';

export const accessSentences: SentenceTable<AccessEvent> = {
  CommandRefused: ({ payload, actor }, { people }) =>
    sentence('events.CommandRefused', { actor: people.acting(actor), command: payload.command, code: payload.code }),
  UnauthenticatedRefused: ({ payload }) =>
    sentence(`events.UnauthenticatedRefused.${payload.kind}`, { count: payload.count }),
  SearchMade: ({ payload, actor }, { people }) =>
    sentence(`events.SearchMade.${payload.by}`, { actor: people.acting(actor), count: payload.results }),
  SessionReplayed: ({ actor }, { people }) => sentence('events.SessionReplayed', { actor: people.acting(actor) }),
  SiteHistoryRead: ({ actor }, { people }) => sentence('events.SiteHistoryRead', { actor: people.acting(actor) }),
  PersonalDataErased: ({ payload, actor }, { people }) =>
    sentence('events.PersonalDataErased', { actor: people.acting(actor), count: payload.sessionIds.length }),
  ProjectionRebuilt: ({ payload, actor }, { people }) =>
    sentence('events.ProjectionRebuilt', { actor: people.acting(actor), projection: payload.projection }),
  ProjectionPaused: ({ payload, actor }, { people }) =>
    sentence(`events.ProjectionPaused.${payload.paused ? 'paused' : 'resumed'}`, {
      actor: people.acting(actor),
      projection: payload.projection,
    }),
  ReportRun: ({ payload, actor }, { people }) =>
    sentence(`events.ReportRun.${payload.report}`, {
      actor: people.acting(actor),
      from: payload.from,
      to: payload.to,
      zone: payload.timeZone,
    }),
  ReportExported: ({ payload, actor }, { people }) =>
    sentence(`events.ReportExported.${payload.report}`, {
      actor: people.acting(actor),
      from: payload.from,
      to: payload.to,
      zone: payload.timeZone,
    }),
  TestMailSent: ({ payload, actor }, { people }) =>
    sentence(`events.TestMailSent.${payload.accepted ? 'accepted' : 'refused'}`, { actor: people.acting(actor) }),
  DevelopmentMailboxRead: ({ actor }, { people }) =>
    sentence('events.DevelopmentMailboxRead', { actor: people.acting(actor) }),
};

export const claimSentences: SentenceTable<ClaimEvent> = {
  ValueClaimed: ({ payload }) => sentence(`events.ValueClaimed.${payload.kind}`),
  ValueReleased: ({ payload }) => sentence(`events.ValueReleased.${payload.reason}`),
};
