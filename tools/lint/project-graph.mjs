import { createProjectGraphAsync } from '@nx/devkit';

/**
 * Writes nx's graph of projects and imports to its cache. @nx/enforce-module-boundaries reads it from there and
 * silently checks nothing where there is none.
 */
export async function prepareProjectGraph() {
  process.env.NX_DAEMON = 'false';
  const graph = await createProjectGraphAsync({ exitOnError: true });
  if (!graph.dependencies.api?.length) throw new Error('nx sees no import of the API: the boundaries would not hold.');
}
