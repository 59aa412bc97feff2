import type { KnownSession } from '@deskside/domain';

/** What the voice panel shows: one thing at a time. */
export type VoicePanelState = 'elsewhere' | 'out' | 'comeBack' | 'joining' | 'in' | 'listening';

export interface VoiceFacts {
  readonly talk: 'out' | 'joining' | 'listening' | 'in';
  readonly isElsewhere: boolean;
  readonly mayComeBack: boolean;
}

export function voicePanelState({ talk, isElsewhere, mayComeBack }: VoiceFacts): VoicePanelState {
  if (isElsewhere) return 'elsewhere';
  if (talk === 'out') return mayComeBack ? 'comeBack' : 'out';
  return talk;
}

/** Who of the others takes part in the talk, and whether anybody does. */
export function othersInTalk(session: KnownSession, me: string): readonly string[] {
  return Object.keys(session.audio).filter((id) => id !== me);
}
