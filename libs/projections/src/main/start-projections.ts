import type { ProjectionsOptions, ReadModels } from './read-models';

/** Starts the worker thread and settles when every read model can be asked. @throws when the log cannot be read. */
export async function startProjections(options: ProjectionsOptions): Promise<ReadModels> {
  throw new Error(`The read models in ${options.dataDir} cannot be started yet.`);
}
