/** How far the media server is: `fraction` is of its preparation, null when it cannot be said. */
export interface PlantState {
  readonly status: 'off' | 'preparing' | 'ready' | 'failed';
  readonly fraction: number | null;
}

const statuses = ['off', 'preparing', 'ready', 'failed'] as const;

/** What the server said; a word of a newer server counts as "not yet". */
export function plantState({ status, fraction }: { status: string; fraction: number | null }): PlantState {
  return { status: statuses.find((known) => known === status) ?? 'preparing', fraction };
}

/** The key of the one calm line about it and its figure; null: there is nothing to say. */
export function plantLine({ status, fraction }: PlantState): { readonly key: string; readonly percent: number } | null {
  switch (status) {
    case 'ready':
      return null;
    case 'preparing':
      return fraction === null
        ? { key: 'media.preparing', percent: 0 }
        : { key: 'media.preparingPercent', percent: Math.round(fraction * 100) };
    case 'off':
    case 'failed':
      return { key: 'media.unavailable', percent: 0 };
  }
}
