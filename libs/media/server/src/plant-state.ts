/** What is being done before media is there. */
export type PreparationStep = 'searching' | 'building' | 'downloading' | 'starting' | 'connecting';

export type MediaPlantState =
  | { readonly status: 'off' }
  /** fraction: done of this step, 0 to 1; null where nobody can know. */
  | { readonly status: 'preparing'; readonly step: PreparationStep; readonly fraction: number | null }
  /** url: where LiveKit answers, for the API; browsers come through the API. */
  | { readonly status: 'ready'; readonly url: string }
  /** sentence: what the operator can do. It is tried again by itself. */
  | { readonly status: 'failed'; readonly code: PlantFailureCode; readonly sentence: string };

/**
 * `MEDIA_NOT_PROVIDED`: there is no LiveKit here, and none can be made.
 * `MEDIA_START_FAILED`: there is one, and it does not come up.
 * `MEDIA_UNREACHABLE`: the one that was configured does not answer.
 * `MEDIA_KEY_REFUSED`: it answers, and does not know our key.
 */
export type PlantFailureCode = 'MEDIA_NOT_PROVIDED' | 'MEDIA_START_FAILED' | 'MEDIA_UNREACHABLE' | 'MEDIA_KEY_REFUSED';

/** Why media is not there, in a sentence for the operator. */
export class PlantFailure extends Error {
  readonly code: PlantFailureCode;

  constructor(code: PlantFailureCode, sentence: string) {
    super(sentence);
    this.name = 'PlantFailure';
    this.code = code;
  }
}

export type Progress = (step: PreparationStep, fraction: number | null) => void;
