import { Inject, Injectable } from '@nestjs/common';
import type { OpenedText } from '@deskside/domain';
import type { SealedField, SessionSummary } from '@deskside/projections';
import { openedText } from '@deskside/vault';
import { personalText } from '../accounts/people-names';
import { streamOf } from '../command-path/derived-id';
import type { PersonalText, SessionSummary as SummaryAnswer } from '../graphql/generated/staff';
import { NODE } from '../node/deskside-node';
import type { DesksideNode } from '../node/deskside-node';

/** Rows of the session list with what is personal in them opened, for somebody who may read it. */
@Injectable()
export class SessionSummaries {
  constructor(@Inject(NODE) private readonly node: DesksideNode) {}

  async describe(rows: readonly SessionSummary[]): Promise<SummaryAnswer[]> {
    const names = this.node.names.of(rows.flatMap(subjectsOf));
    return Promise.all(rows.map((row) => this.#describeOne(row, names)));
  }

  async #describeOne(row: SessionSummary, names: ReadonlyMap<string, OpenedText>): Promise<SummaryAnswer> {
    const { id, number, status, startedAt, endedAt, representativeId } = row;
    const [representative, ...customers] = subjectsOf(row).map((subject) => personalText(names.get(subject)));
    const [subject, ticket] = await Promise.all([this.#open(row.subject), this.#open(row.ticket)]);
    return {
      ...{ id, number, status, startedAt, endedAt, representativeId, subject, ticket },
      representativeName: representative ?? personalText(undefined),
      customerNames: customers,
      customerIds: [...row.customerIds],
    };
  }

  async #open(field: SealedField | null): Promise<PersonalText | null> {
    if (field === null) return null;
    return personalText(await openedText(this.node.vault, field.sealed, field.place));
  }
}

function subjectsOf(row: SessionSummary): readonly string[] {
  return [streamOf('representative', row.representativeId), ...row.customerIds.map((id) => `customer-${id}`)];
}
