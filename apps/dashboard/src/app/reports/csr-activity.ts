import { Injectable, inject, signal } from '@angular/core';
import { Localization } from '@deskside/ui';
import type { Answer, Failure } from '@deskside/ui';
import { CsrActivityDocument, ExportCsrActivityDocument } from '../../generated/graphql';
import type { CsrActivityQuery, CsrActivityQueryVariables, ExportCsrActivityMutation } from '../../generated/graphql';
import { StaffRequests } from '../sign-in/staff-requests';
import type { CsrRow } from './figures';
import { daysOf } from './report-filter';
import type { ReportFilter } from './report-filter';

type Answered = CsrActivityQuery['csrActivity'];

/** The report with its sum as a row like any other. */
export interface CsrActivityReport extends Omit<Answered, 'total'> {
  readonly total: CsrRow;
}

/** The report that is open. While another one is on its way the last one stays to be read. */
@Injectable()
export class CsrActivity {
  readonly #requests = inject(StaffRequests);
  readonly #locale = inject(Localization).locale;
  readonly #report = signal<CsrActivityReport | null>(null);
  readonly #failure = signal<Failure | null>(null);
  readonly #busy = signal(false);
  #asked: CsrActivityQueryVariables | null = null;

  readonly report = this.#report.asReadonly();
  readonly failure = this.#failure.asReadonly();
  readonly busy = this.#busy.asReadonly();

  /** Running a report is recorded. */
  async run(filter: ReportFilter): Promise<void> {
    const asked = askedOf(filter);
    this.#asked = asked;
    this.#busy.set(true);
    this.#failure.set(null);
    const answer = await this.#requests.ask(CsrActivityDocument, asked);
    if (asked !== this.#asked) return;
    this.#busy.set(false);
    if (!answer.ok) return this.#failure.set(answer.failure);
    this.#report.set(withSum(answer.data.csrActivity));
  }

  /** The file of the figures on the screen, in the reader's language. Recorded too. */
  export(filter: ReportFilter): Promise<Answer<ExportCsrActivityMutation>> {
    const variables = { ...askedOf(filter), locale: this.#locale() };
    return this.#requests.send(ExportCsrActivityDocument, variables);
  }
}

/** The sum is nobody's, and its notes are those of all. */
function withSum({ total, ...report }: Answered): CsrActivityReport {
  const nobody = { representativeId: '', name: { text: null, lost: null } };
  return { ...report, total: { ...total, ...nobody, notes: report.rows.flatMap(({ notes }) => notes) } };
}

function askedOf(filter: ReportFilter): CsrActivityQueryVariables {
  const { representativeIds, timeZone } = filter;
  const chosen = representativeIds.length === 0 ? {} : { representativeIds: [...representativeIds] };
  return { ...daysOf(filter, Date.now()), timeZone, ...chosen };
}
