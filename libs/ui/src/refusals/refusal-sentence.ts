import type { Texts } from '../localization/texts';
import type { Failure } from './failure';

/** What a person reads of a failure. */
export function sentenceFor(failure: Failure, t: Texts): string {
  switch (failure.kind) {
    case 'refused':
      return t(`refusal.${failure.code}`, failure.details);
    case 'unreachable':
      return t('failure.unreachable');
    case 'broken':
      return t('failure.broken');
  }
}
