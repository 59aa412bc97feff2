import { Injectable, inject, signal } from '@angular/core';
import type { ReadText } from '@deskside/ui';
import { RepresentativesDocument } from '../../generated/graphql';
import { StaffRequests } from '../sign-in/staff-requests';

export interface Representative {
  readonly id: string;
  readonly name: ReadText;
}

/** Whose sessions and figures can be chosen here; empty until the server has said so. */
@Injectable({ providedIn: 'root' })
export class Representatives {
  readonly #requests = inject(StaffRequests);
  readonly #all = signal<readonly Representative[]>([]);

  readonly all = this.#all.asReadonly();

  /** Asked for anew by each page: somebody may have been invited meanwhile. */
  async look(): Promise<void> {
    const answer = await this.#requests.ask(RepresentativesDocument, {});
    if (!answer.ok) return;
    this.#all.set(answer.data.representatives);
  }
}
