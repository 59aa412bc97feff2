export type { Change, ProjectedEvent, Projection, SqlValue } from './projection';
export { handledBy, on } from './projection-handler';
export type { Rows } from './rows';
export type { SealedField } from './sealed-field';
