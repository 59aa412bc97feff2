import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { formatSessionNumber, parseSessionNumber } from '@deskside/domain';
import {
  CurrentWriteRefusal,
  Empty,
  ErrorMessage,
  Icon,
  PersonName,
  Skeleton,
  Time,
  Writes,
  injectTexts,
} from '@deskside/ui';
import type { Failure } from '@deskside/ui';
import { FindCustomersDocument } from '../../generated/graphql';
import type { FindCustomersQuery } from '../../generated/graphql';
import { Page } from '../page/page';
import { StaffRequests } from '../sign-in/staff-requests';
import { ErasureDialogs } from './erasure-dialogs';

type Found = FindCustomersQuery['findSessions']['sessions'][number];

/** For administrators, who read no histories: find a customer by the number of a session, see what it reaches, erase. */
@Component({
  selector: 'ds-erasure-page',
  imports: [
    Empty,
    ErrorMessage,
    Icon,
    MatButtonModule,
    MatFormFieldModule,
    MatInputModule,
    Page,
    PersonName,
    Skeleton,
    Time,
    Writes,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './erasure-page.html',
  styleUrl: './erasure-page.scss',
})
export class ErasurePage {
  protected readonly t = injectTexts();
  protected readonly writeRefusal = inject(CurrentWriteRefusal).code;
  protected readonly format = formatSessionNumber;
  protected readonly typed = signal('');
  protected readonly wrong = signal(false);
  protected readonly busy = signal(false);
  protected readonly found = signal<readonly Found[] | null>(null);
  protected readonly failure = signal<Failure | null>(null);
  readonly #requests = inject(StaffRequests);
  readonly #erasures = inject(ErasureDialogs);

  protected async find(submitted?: Event): Promise<void> {
    submitted?.preventDefault();
    const number = parseSessionNumber(this.typed());
    this.wrong.set(number === null);
    if (number === null || this.busy()) return;
    this.failure.set(null);
    this.busy.set(true);
    const answer = await this.#requests.ask(FindCustomersDocument, { number });
    this.busy.set(false);
    if (answer.ok) this.found.set(answer.data.findSessions.sessions);
    else this.failure.set(answer.failure);
  }

  protected async erase({ number }: Found, customerId: string): Promise<void> {
    if (await this.#erasures.askToErase({ customerId, number })) await this.find();
  }
}
