import type { AccountEvent, Role } from '@deskside/domain';
import { sentence } from './sentence';
import type { Sentence, TermsValue } from './sentence';
import { opened } from './sentence-table';
import type { SentenceTable, Telling } from './sentence-table';
import { languageTerm } from './site-sentences';

type Acting = Parameters<Telling['people']['acting']>[0];

/** `actor` did something to the account of `subject`, whose id is in the stream's name. */
function about({ people, stream }: Telling, actor: Acting): Sentence['values'] {
  return { actor: people.acting(actor), subject: people.named(stream.replace(/^representative-/, '')) };
}

function roleTerms(roles: readonly Role[]): TermsValue {
  return { terms: roles.map((role) => `roles.${role}`) };
}

export const accountSentences: SentenceTable<AccountEvent> = {
  AccountCreated: ({ payload, actor }, { people }) =>
    sentence(`events.AccountCreated.${payload.origin}`, {
      actor: people.acting(actor),
      subject: opened(payload.name),
      roles: roleTerms(payload.roles),
    }),
  AccountChanged: ({ payload, actor }, telling) => {
    const values = about(telling, actor);
    if (payload.name !== undefined)
      return sentence('events.AccountChanged.name', { ...values, subject: opened(payload.name) });
    if (payload.locale === undefined) return sentence('events.AccountChanged.other', values);
    return sentence('events.AccountChanged.locale', { ...values, locale: languageTerm(payload.locale) });
  },
  AccountDisabled: ({ actor }, telling) => sentence('events.AccountDisabled', about(telling, actor)),
  AccountEnabled: ({ actor }, telling) => sentence('events.AccountEnabled', about(telling, actor)),
  RolesGranted: ({ payload, actor }, telling) =>
    sentence('events.RolesGranted', { ...about(telling, actor), roles: roleTerms(payload.roles) }),
  RolesWithdrawn: ({ payload, actor }, telling) =>
    sentence('events.RolesWithdrawn', { ...about(telling, actor), roles: roleTerms(payload.roles) }),
  AccountLinkIssued: ({ payload, actor }, telling) =>
    sentence(`events.AccountLinkIssued.${payload.purpose}`, about(telling, actor)),
  PasswordChanged: ({ payload, actor }, telling) =>
    sentence(`events.PasswordChanged.${payload.how}`, about(telling, actor)),
  SignedIn: ({ actor }, telling) => sentence('events.SignedIn', about(telling, actor)),
  SignedOut: ({ payload, actor }, telling) => sentence(`events.SignedOut.${payload.scope}`, about(telling, actor)),
};
