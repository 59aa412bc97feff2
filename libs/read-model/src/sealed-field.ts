import type { SealedText } from '@deskside/domain';
import type { FieldPlace } from '@deskside/vault';

/** Personal text as it stands in the log; the edge opens it with the vault: `vault.open(sealed, place)`. */
export interface SealedField {
  readonly sealed: SealedText;
  readonly place: FieldPlace;
}
