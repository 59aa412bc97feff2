import { DOCUMENT, inject } from '@angular/core';
import type { NavigationError } from '@angular/router';
import { rememberedText } from '@deskside/ui';

/** Browsers word it differently, but each names the import that failed. */
const missingPart = /dynamically imported module|importing a module script|loading chunk/i;
const notAgainWithinMs = 30_000;

/**
 * A page part that cannot be fetched means that the server has a newer version: the page is loaded anew, at the address
 * that was asked for. Drafts, unsent lines and sessions come back by themselves. A second failure soon after has another
 * cause and is left as it is.
 */
export function reloadForNewVersion(failed: NavigationError): void {
  if (!missingPart.test(String(failed.error))) return;
  const window = inject(DOCUMENT).defaultView;
  const reloaded = rememberedText('deskside.reloaded-at', () => sessionStorage);
  if (Date.now() - Number(reloaded.read()) < notAgainWithinMs) return;
  reloaded.write(String(Date.now()));
  window?.location.assign(`/dashboard${failed.url}`);
}
