import { inject } from '@angular/core';
import type { KnownSession } from '@deskside/domain';
import { Localization, injectTexts, isolated, shownText } from '@deskside/ui';

export interface Names {
  one(id: string, session: KnownSession): string;
  /** "Marko Jović and Ivana Ilić", as the language joins them. */
  all(ids: readonly string[], session: KnownSession): string;
}

/** Names of participants for sentences; inside a template or `computed` they follow the language. */
export function injectNames(): Names {
  const t = injectTexts();
  const { tag } = inject(Localization);
  const one = (id: string, session: KnownSession): string => isolated(shownText(session.participants[id]?.name, t));
  return {
    one,
    all: (ids, session) =>
      new Intl.ListFormat(tag(), { type: 'conjunction' }).format(ids.map((id) => one(id, session))),
  };
}
