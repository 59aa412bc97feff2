import { refuse } from '../decider';
import type { Decision } from '../decider';
import type { KnownSession } from '../session-state';
import type { ConsentCommand } from './consent-commands';
import type { ConsentEvent } from './consent-events';
import { end, grant, resume, revoke } from './grants';
import { answer, request } from './requests';

export function decideConsent(command: ConsentCommand, session: KnownSession): Decision<ConsentEvent> {
  if (session.status === 'ended') return refuse('SESSION_ENDED');
  switch (command.type) {
    case 'RequestPermission':
      return request(command.payload, session);
    case 'GrantPermission':
      return grant(command.payload, session);
    case 'RevokePermission':
      return revoke(command.payload, session);
    case 'EndPermission':
      return end(command.payload, session);
    case 'ResumePermission':
      return resume(command.payload, session);
    default:
      return answer(command, session);
  }
}
