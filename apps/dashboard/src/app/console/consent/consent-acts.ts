import { Injectable, inject, signal } from '@angular/core';
import { commandId } from '@deskside/ui';
import { EndPermissionDocument, RequestPermissionDocument, WithdrawRequestDocument } from '../../../generated/graphql';
import { StaffRequests } from '../../sign-in/staff-requests';
import type { OpenSession } from '../open-sessions/open-session';
import { OpenSessions } from '../open-sessions/open-sessions';
import { RefusalNotice } from '../../refusals/refusal-notice';
import { liveScreen, screenRequest } from './screen-request';

/** Asking to see, taking the question back, and seeing no more. */
@Injectable({ providedIn: 'root' })
export class ConsentActs {
  readonly #requests = inject(StaffRequests);
  readonly #sessions = inject(OpenSessions);
  readonly #notice = inject(RefusalNotice);
  readonly #busy = signal<ReadonlySet<string>>(new Set());

  /** True from a press until the server has answered: a second press asks nothing twice. */
  isBusy(sessionId: string): boolean {
    return this.#busy().has(sessionId);
  }

  requestView(session: OpenSession): Promise<void> {
    return this.#once(session.id, async () => {
      const wish = { capability: 'desktop', access: 'view' };
      const variables = { commandId: commandId(), sessionId: session.id, ...wish };
      this.#notice.say(await this.#requests.send(RequestPermissionDocument, variables));
    });
  }

  withdraw(session: OpenSession): Promise<void> {
    return this.#once(session.id, async () => {
      const state = screenRequest(session.session(), session.me()?.id ?? '');
      if (!('request' in state)) return;
      const variables = { commandId: commandId(), sessionId: session.id, requestId: state.request.id };
      this.#notice.say(await this.#requests.send(WithdrawRequestDocument, variables));
    });
  }

  /** I do not want to see it any more: the media server takes it away. */
  async stop(session: OpenSession): Promise<void> {
    const grant = liveScreen(session.session());
    if (grant === undefined) return;
    const variables = { commandId: commandId(), sessionId: session.id, grantId: grant.id };
    this.#notice.say(await this.#requests.send(EndPermissionDocument, variables));
  }

  /** Shift+Stop: whatever I see, in every session of mine. */
  async stopAll(): Promise<void> {
    await Promise.all(this.#sessions.live().map((session) => this.stop(session)));
  }

  async #once(sessionId: string, act: () => Promise<void>): Promise<void> {
    if (this.isBusy(sessionId)) return;
    this.#busy.update((ids) => new Set([...ids, sessionId]));
    try {
      await act();
    } finally {
      this.#busy.update((ids) => new Set([...ids].filter((id) => id !== sessionId)));
    }
  }
}
