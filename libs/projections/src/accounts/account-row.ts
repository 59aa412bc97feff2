import type { Instant, Role } from '@deskside/domain';

export interface AccountRow {
  readonly id: string;
  readonly roles: readonly Role[];
  readonly status: 'invited' | 'active' | 'disabled';
  readonly createdAt: Instant;
  readonly lastSignInAt: Instant | null;
  /** Until when the newest link is good; null when there is none. The caller compares with his clock. */
  readonly linkExpiresAt: Instant | null;
  readonly linkPurpose: 'invitation' | 'reset' | null;
}

export interface AccountQueries {
  /** Oldest first. */
  all(): readonly AccountRow[];
  byId(id: string): AccountRow | null;
  activeAdministrators(): number;
}
