import type { PersonalClass, PersonalSubject } from '@deskside/domain';

/** Somebody's personal data of this class was erased for good: nothing new can be sealed for him. */
export class SubjectErased extends Error {
  readonly code = 'SUBJECT_ERASED';
  readonly subject: PersonalSubject;
  readonly class: PersonalClass;

  constructor(subject: PersonalSubject, personalClass: PersonalClass) {
    super(`The ${personalClass} of ${subject} was erased.`);
    this.name = 'SubjectErased';
    this.subject = subject;
    this.class = personalClass;
  }
}
