/** A session, and an event of it: what a link to an event says. `revision` null: the last one. */
export interface HistoryPlace {
  readonly sessionId: string;
  readonly revision: number | null;
}

/** `<session id>@<revision>`, or the id alone. */
export function parsePlace(text: string): HistoryPlace {
  const [sessionId = '', revision] = text.split('@');
  return { sessionId, revision: revision !== undefined && /^\d{1,9}$/.test(revision) ? Number(revision) : null };
}

export function writePlace({ sessionId, revision }: HistoryPlace): string {
  return revision === null ? sessionId : `${sessionId}@${revision}`;
}
