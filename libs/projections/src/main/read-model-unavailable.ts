/** When a read model that could not be asked is asked again, milliseconds. */
export const askAgainAfter = 2000;

/** A read model cannot be asked just now: its file is being made again, or is in somebody's way. Ask again a little later. */
export class ReadModelUnavailable extends Error {
  readonly model: string;

  constructor(model: string, reason: string) {
    super(`The read model ${model} cannot be asked just now: ${reason}.`);
    this.name = 'ReadModelUnavailable';
    this.model = model;
  }
}
