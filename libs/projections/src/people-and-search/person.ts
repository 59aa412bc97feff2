import type { PersonalSubject } from '@deskside/domain';

export interface FoundCustomer {
  readonly customerId: string;
  readonly name: string;
  /** Sessions that he joined or asked to join, oldest first. */
  readonly sessionIds: readonly string[];
}

/** The only read model in the clear. Who is not in an answer was erased, or their name cannot be read. */
export interface PeopleQueries {
  /** By subject: `customer-<id>` or `representative-<id>`. */
  nameOf(subjects: readonly PersonalSubject[]): ReadonlyMap<PersonalSubject, string>;
  emailOf(subjects: readonly PersonalSubject[]): ReadonlyMap<PersonalSubject, string>;
  /** Those of these subjects whose name was erased. */
  erasedAmong(subjects: readonly PersonalSubject[]): ReadonlySet<PersonalSubject>;
  /** Customers whose name holds every word of `text`; unsorted (sorting follows the viewer's locale). */
  findCustomers(text: string, limit: number): readonly FoundCustomer[];
  /** Ids of the accounts whose name holds every word of `text`; unsorted. */
  findRepresentatives(text: string, limit: number): readonly string[];
}
