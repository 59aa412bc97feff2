import type { FieldTree } from '@angular/forms/signals';
import { sentenceFor } from '@deskside/ui';
import type { Failure, Texts } from '@deskside/ui';

/** An error of the server's at a field, as signal forms take it from a submission. */
export interface FieldRefusal {
  readonly kind: string;
  readonly message: string;
  readonly fieldTree: FieldTree<string>;
}

/** The field that a refusal is about, by the first word of its code (`EMAIL_TAKEN`); undefined when it is about none. */
export function refusedField(
  failure: Failure,
  fields: Readonly<Record<string, FieldTree<string>>>,
  t: Texts,
): FieldRefusal | undefined {
  if (failure.kind !== 'refused') return undefined;
  const about = Object.keys(fields).find((word) => failure.code.startsWith(`${word}_`));
  const fieldTree = about === undefined ? undefined : fields[about];
  return fieldTree && { kind: failure.code, message: sentenceFor(failure, t), fieldTree };
}
