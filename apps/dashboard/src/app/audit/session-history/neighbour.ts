/** Where a key leads among the events shown: `revisions` in rising order, `at` perhaps not among them. */
export type Step = 'previous' | 'next' | 'first' | 'last';

export function neighbour(revisions: readonly number[], at: number, step: Step): number | undefined {
  switch (step) {
    case 'previous':
      return revisions.findLast((revision) => revision < at);
    case 'next':
      return revisions.find((revision) => revision > at);
    case 'first':
      return revisions[0];
    case 'last':
      return revisions.at(-1);
  }
}
