import type { Progress } from '../plant-state';

/** A program that was found or made. */
export interface ProvidedLiveKit {
  readonly binary: string;
  readonly version: string;
  readonly from: 'setting' | 'path' | 'kept' | 'go' | 'release';
}

export interface Search {
  /** The folders where programs are looked for, as in PATH. */
  readonly searchPath: string;
  /** Where what was made is kept for the next start, and for other sites of this user. */
  readonly cacheDir: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Why one source gives nothing: it is not there, or it failed. For the operator's sentence. */
export class SourceFailed extends Error {}
