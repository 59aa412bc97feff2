import { Injectable, inject, signal } from '@angular/core';
import { Requests, commandId, rememberedText, untilSettled } from '@deskside/ui';
import type { Answer } from '@deskside/ui';
import { JoinByInvitationDocument, JoinByNumberDocument, ReturnToSessionDocument } from '../../generated/graphql';
import type { AdmissionFieldsFragment, ReturnToSessionMutation } from '../../generated/graphql';
import { Bearer } from './bearer';
import { InvitationInAddress, sessionOfLink } from './invitation-in-address';
import type { InvitationLink } from './invitation-in-address';
import { numberInAddress } from './number-in-address';

/** Where this browser stands in a session: known by its cookie, or by the number just entered. */
export type Place = Omit<AdmissionFieldsFragment, 'bearer'>;

export type AdmissionState =
  | { readonly status: 'returning' }
  | { readonly status: 'outside' }
  | { readonly status: 'invited'; readonly link: InvitationLink }
  /** `ended`: the session is over by the report; else administrators decide. */
  | { readonly status: 'reported'; readonly ended: boolean }
  | ({ readonly status: 'admitted' } & Place);

@Injectable({ providedIn: 'root' })
export class Admission {
  readonly #requests = inject(Requests);
  readonly #bearer = inject(Bearer);
  readonly #address = inject(InvitationInAddress);
  readonly #state = signal<AdmissionState>({ status: 'returning' });
  /** The place that the person has done with: a reload does not lead back to its last page. */
  readonly #finished = rememberedText('deskside.finished');

  readonly state = this.#state.asReadonly();

  /** Comes back to where this browser was, unless the address names another session. */
  async comeBack(link: InvitationLink | null): Promise<void> {
    const place = await this.#returnByCookie();
    if (place !== null && this.#isWanted(place, link)) return this.#admit(place);
    if (link === null) return this.startOver();
    this.#bearer.value = null;
    this.#state.set({ status: 'invited', link });
  }

  /** Gives the same place a fresh key, when the server no longer knows the old one. False: there is no way back. */
  async renew(): Promise<boolean> {
    const place = await this.#returnByCookie();
    const state = this.#state();
    const same = state.status === 'admitted' && place?.participantId === state.participantId;
    if (!same) this.#bearer.value = null;
    return same;
  }

  async join(number: string, name: string, signal: AbortSignal): Promise<Answer<unknown>> {
    const answer = await this.#requests.send(JoinByNumberDocument, { commandId: commandId(), number, name }, signal);
    if (answer.ok) this.#enter(answer.data.joinByNumber);
    return answer;
  }

  /** `name` may be empty: then the name in the invitation counts. */
  async joinByLink(link: string, name: string, signal: AbortSignal): Promise<Answer<unknown>> {
    const answer = await this.#requests.send(JoinByInvitationDocument, { commandId: commandId(), link, name }, signal);
    if (answer.ok) this.#enter(answer.data.joinByInvitation);
    return answer;
  }

  reported(ended: boolean): void {
    this.#address.forget();
    this.#state.set({ status: 'reported', ended });
  }

  /** Back to the number field. */
  startOver(): void {
    const state = this.#state();
    if (state.status === 'admitted') this.#finished.write(state.participantId);
    this.#address.forget();
    this.#bearer.value = null;
    this.#state.set({ status: 'outside' });
  }

  #isWanted({ number, participantId, sessionId }: Place, link: InvitationLink | null): boolean {
    const asked = numberInAddress();
    const sameSession = link === null ? asked === null || asked === number : sessionOfLink(link.token) === sessionId;
    return sameSession && participantId !== this.#finished.read();
  }

  async #returnByCookie(): Promise<Place | null> {
    this.#bearer.value = null;
    // A refusal for the moment does not say that there is no place to come back to.
    const ask = (): Promise<Answer<ReturnToSessionMutation>> => this.#requests.send(ReturnToSessionDocument, {});
    const answer = await untilSettled(ask, { isWanted: () => true });
    const admission = answer.ok ? answer.data.returnToSession : null;
    this.#bearer.value = admission?.bearer ?? null;
    return admission;
  }

  #enter(admission: AdmissionFieldsFragment): void {
    this.#bearer.value = admission.bearer;
    this.#admit(admission);
  }

  #admit({ sessionId, participantId, number }: Place): void {
    this.#address.forget();
    this.#state.set({ status: 'admitted', sessionId, participantId, number });
  }
}
