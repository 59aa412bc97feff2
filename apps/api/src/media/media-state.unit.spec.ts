import { describe, expect, it } from '@jest/globals';
import type { MediaPlantState } from '@deskside/media/server';
import { mediaStates } from './media-state';
import { signallingUrl } from './signalling-url';

class Plant {
  readonly listeners = new Set<(state: MediaPlantState) => void>();
  state: MediaPlantState = { status: 'preparing', step: 'searching', fraction: null };

  onChange(listener: (state: MediaPlantState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  becomes(state: MediaPlantState): void {
    this.state = state;
    for (const listener of this.listeners) listener(state);
  }
}

describe('how far the media server is', () => {
  it('is told at once and after each change, in the words of the schema, without its address', async () => {
    const plant = new Plant();
    const states = mediaStates(plant);
    plant.becomes({ status: 'preparing', step: 'downloading', fraction: 0.5 });
    plant.becomes({ status: 'preparing', step: 'connecting', fraction: null });
    plant.becomes({ status: 'ready', url: 'http://127.0.0.1:7880' });
    plant.becomes({ status: 'failed', code: 'MEDIA_NOT_PROVIDED', sentence: 'Install it.' });
    const told = [];
    for (let n = 0; n < 5; n++) told.push((await states.next()).value);
    const nothing = { step: null, fraction: null, reason: null };
    expect(told).toEqual([
      { ...nothing, status: 'preparing', step: 'looking' },
      { ...nothing, status: 'preparing', step: 'downloading', fraction: 0.5 },
      { ...nothing, status: 'preparing', step: 'starting' },
      { ...nothing, status: 'ready' },
      { ...nothing, status: 'failed', reason: 'Install it.' },
    ]);
  });

  it('is no longer listened to when nobody watches', async () => {
    const plant = new Plant();
    const states = mediaStates(plant);
    await states.return?.();
    expect(plant.listeners.size).toBe(0);
  });
});

it('the signalling lies under the origin of the page, as secure as the page', () => {
  expect(signallingUrl('https://support.example.com')).toBe('wss://support.example.com/media');
  expect(signallingUrl('http://localhost:4400')).toBe('ws://localhost:4400/media');
});
