import type { ErasedKey } from '@deskside/domain';

/** Somebody's data was to be sealed after that person's key had been destroyed; a destroyed key is never made again. */
export class SubjectErased extends Error {
  readonly code = 'SUBJECT_ERASED';
  readonly key: Pick<ErasedKey, 'subject' | 'class'>;

  constructor(key: Pick<ErasedKey, 'subject' | 'class'>) {
    super(`The ${key.class} of ${key.subject} was erased and cannot be written again.`);
    this.name = 'SubjectErased';
    this.key = { subject: key.subject, class: key.class };
  }
}
