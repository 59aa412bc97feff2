import type { permissionHelp } from '@deskside/media/browser';

type Help = ReturnType<typeof permissionHelp>;

/** Browsers in which a refused screen has steps of its own. */
const ownScreenSteps: ReadonlySet<string> = new Set(['firefox', 'safari-mac']);

/** The text with the steps that give back what was refused, for this very browser or system. */
export function helpKey(what: 'microphone' | 'screen', { browser, system }: Help): string {
  if (system !== 'none') return `help.${system}`;
  if (what === 'microphone') return `help.microphone.${browser}`;
  return ownScreenSteps.has(browser) ? `help.screen.${browser}` : 'help.screen.other';
}
