import { Injectable, inject, signal } from '@angular/core';
import { Requests, commandId, rememberedText } from '@deskside/ui';
import type { Answer } from '@deskside/ui';
import { JoinByNumberDocument, ReturnToSessionDocument } from '../../generated/graphql';
import type { AdmissionFieldsFragment } from '../../generated/graphql';
import { Bearer } from './bearer';
import { numberInAddress } from './number-in-address';

/** Where this browser stands in a session: known by its cookie, or by the number just entered. */
export type Place = Omit<AdmissionFieldsFragment, 'bearer'>;

export type AdmissionState =
  { readonly status: 'returning' } | { readonly status: 'outside' } | ({ readonly status: 'admitted' } & Place);

@Injectable({ providedIn: 'root' })
export class Admission {
  readonly #requests = inject(Requests);
  readonly #bearer = inject(Bearer);
  readonly #state = signal<AdmissionState>({ status: 'returning' });
  /** The place that the person has done with: a reload does not lead back to its last page. */
  readonly #finished = rememberedText('deskside.finished');

  readonly state = this.#state.asReadonly();

  /** Comes back to where this browser was, unless the address names another session. */
  async comeBack(): Promise<void> {
    const place = await this.#returnByCookie();
    const asked = numberInAddress();
    const wanted =
      place !== null && (asked === null || asked === place.number) && place.participantId !== this.#finished.read();
    if (wanted) this.#admit(place);
    else this.startOver();
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
    if (answer.ok) {
      this.#bearer.value = answer.data.joinByNumber.bearer;
      this.#admit(answer.data.joinByNumber);
    }
    return answer;
  }

  /** Back to the number field. */
  startOver(): void {
    const state = this.#state();
    if (state.status === 'admitted') this.#finished.write(state.participantId);
    this.#bearer.value = null;
    this.#state.set({ status: 'outside' });
  }

  async #returnByCookie(): Promise<Place | null> {
    this.#bearer.value = null;
    const answer = await this.#requests.send(ReturnToSessionDocument, {});
    const admission = answer.ok ? answer.data.returnToSession : null;
    this.#bearer.value = admission?.bearer ?? null;
    return admission;
  }

  #admit({ sessionId, participantId, number }: Place): void {
    this.#state.set({ status: 'admitted', sessionId, participantId, number });
  }
}
