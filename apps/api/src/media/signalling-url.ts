import { signallingRoot } from './signalling-proxy';

/** Where a browser that has a page of `origin` finds the signalling. */
export function signallingUrl(origin: string): string {
  return `${origin.replace(/^http/, 'ws')}${signallingRoot}`;
}
