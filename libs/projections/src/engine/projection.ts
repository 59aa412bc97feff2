export type { Change, ProjectedEvent, Projection, SqlValue } from '@deskside/read-model';
