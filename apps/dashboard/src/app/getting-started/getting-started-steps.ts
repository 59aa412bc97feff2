import { Injectable, computed, inject, signal } from '@angular/core';
import { GettingStartedDocument } from '../../generated/graphql';
import type { GettingStartedQuery } from '../../generated/graphql';
import { StaffRequests } from '../sign-in/staff-requests';

export const stepNames = ['siteNamed', 'colleagueInvited', 'sessionStarted', 'customerJoined'] as const;
export type StepName = (typeof stepNames)[number];

/** Which of the four steps are done, as the server last said. */
@Injectable({ providedIn: 'root' })
export class GettingStartedSteps {
  readonly #requests = inject(StaffRequests);
  readonly #steps = signal<GettingStartedQuery['gettingStarted'] | null>(null);

  readonly steps = this.#steps.asReadonly();
  readonly allDone = computed(() => {
    const steps = this.#steps();
    return steps !== null && stepNames.every((name) => steps[name]);
  });

  async refresh(atLeast?: string): Promise<void> {
    const variables = atLeast === undefined ? {} : { atLeast };
    const answer = await this.#requests.ask(GettingStartedDocument, variables);
    if (answer.ok) this.#steps.set(answer.data.gettingStarted);
  }
}
