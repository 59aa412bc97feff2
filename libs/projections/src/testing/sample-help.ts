/** Makes one event of the session's stream. */
type Write<Draft> = (type: string, payload: object) => Draft;

interface Helped {
  readonly csr: string;
  readonly accountId: string;
  readonly customer: string;
  readonly uuid: () => string;
  readonly index: number;
}

/** What is seen, spoken and written down in a session, after the chat. Its texts are put in by the writer. */
export function helpOf<Draft>(write: Write<Draft>, { csr, accountId, customer, uuid, index }: Helped): Draft[] {
  const [requestId, grantId] = [uuid(), uuid()];
  const about = { requestId, capability: 'desktop', access: 'view', ownerId: customer, grantees: [csr] };
  const drafts = [
    write('ChatMessageSent', { messageId: uuid(), authorId: csr, to: 'all' }),
    write('AudioJoined', { participantId: csr }),
    write('AudioJoined', { participantId: customer }),
    write('PermissionRequested', { ...about, requestedBy: csr }),
  ];
  if (index % 3 === 0) return [...drafts, write('PermissionDenied', { requestId })];
  const granted = { ...about, grantId, surface: 'monitor', resumes: null };
  drafts.push(
    write('PermissionGranted', granted),
    write('NoteSaved', { noteId: uuid(), version: 1, authorId: accountId }),
  );
  if (index % 3 === 1) return [...drafts, write('AudioLeft', { participantId: customer })];
  const ended = { requestId, grantId, by: null, reason: 'pageClosed' };
  const again = { ...granted, grantId: uuid(), resumes: grantId };
  return [...drafts, write('PermissionEnded', ended), write('PermissionGranted', again)];
}
