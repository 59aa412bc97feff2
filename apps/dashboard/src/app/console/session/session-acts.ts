import { Injectable, inject } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';
import type { Participant, WaitingPerson } from '@deskside/domain';
import { commandId, injectTexts, sentenceFor, shownText } from '@deskside/ui';
import type { Answer, ChatPort } from '@deskside/ui';
import {
  AdmitToSessionDocument,
  EndSessionDocument,
  RefuseAdmissionDocument,
  RemoveParticipantDocument,
  SendChatMessageDocument,
  SignalTypingDocument,
  TakeBackChatMessageDocument,
} from '../../../generated/graphql';
import { Confirmation } from '../../confirmation/confirm-dialog';
import { StaffRequests } from '../../sign-in/staff-requests';
import type { OpenSession } from '../open-sessions/open-session';

/** What a representative does in a session, each as a command; a refusal is said in one sentence. */
@Injectable({ providedIn: 'root' })
export class SessionActs {
  readonly #requests = inject(StaffRequests);
  readonly #confirmation = inject(Confirmation);
  readonly #snackBar = inject(MatSnackBar);
  readonly #t = injectTexts();

  async admit({ id: sessionId }: OpenSession, { participantId }: WaitingPerson): Promise<void> {
    const variables = { commandId: commandId(), sessionId, participantId };
    this.#tell(await this.#requests.send(AdmitToSessionDocument, variables));
  }

  async refuse({ id: sessionId }: OpenSession, { participantId }: WaitingPerson): Promise<void> {
    const variables = { commandId: commandId(), sessionId, participantId };
    this.#tell(await this.#requests.send(RefuseAdmissionDocument, variables));
  }

  async remove({ id: sessionId }: OpenSession, person: Participant): Promise<void> {
    const name = this.#nameOf(person);
    const given = await this.#confirmation.isGiven({
      title: this.#t('console.people.removeTitle', { name }),
      what: this.#t('console.people.removeWhat'),
      confirm: this.#t('console.people.remove'),
    });
    if (!given) return;
    const variables = { commandId: commandId(), sessionId, participantId: person.id };
    this.#tell(await this.#requests.send(RemoveParticipantDocument, variables));
  }

  async end(session: OpenSession): Promise<void> {
    const customer = session.customer();
    const given = await this.#confirmation.isGiven({
      title: this.#t('console.end.title', { letter: session.letter }),
      what: customer ? this.#t('console.end.what', { name: this.#nameOf(customer) }) : this.#t('console.end.nobody'),
      confirm: this.#t('console.end.confirm'),
      stay: this.#t('console.end.stay'),
    });
    if (!given) return;
    this.#tell(await this.#requests.send(EndSessionDocument, { commandId: commandId(), sessionId: session.id }));
  }

  chatPort(sessionId: string): ChatPort {
    return {
      send: (line) => this.#requests.send(SendChatMessageDocument, { sessionId, ...line }),
      takeBack: async (act) => {
        const answer = await this.#requests.send(TakeBackChatMessageDocument, { sessionId, ...act });
        this.#tell(answer);
        return answer;
      },
      signalTyping: (to, typing) => this.#requests.hint(SignalTypingDocument, { sessionId, to, typing }),
    };
  }

  #nameOf({ name }: Participant): string {
    return shownText(name, this.#t);
  }

  #tell(answer: Answer<unknown>): void {
    if (!answer.ok) this.#snackBar.open(sentenceFor(answer.failure, this.#t), this.#t('app.close'));
  }
}
