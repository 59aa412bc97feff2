import { inject } from '@angular/core';
import { RedirectCommand, Router } from '@angular/router';
import type { CanActivateFn } from '@angular/router';
import type { Permission } from '@deskside/domain';
import { SignedInPerson } from './signed-in-person';

/** Whoever is not signed in goes to the sign-in page first, and from there to where he was going. */
export const signedIn: CanActivateFn = async (_route, { url }) => {
  const person = inject(SignedInPerson);
  const router = inject(Router);
  await person.whenKnown();
  if (person.me() !== null) return true;
  return router.createUrlTree(['/sign-in'], url === '/' ? {} : { queryParams: { next: url } });
};

/** Whoever is signed in already needs no sign-in page. */
export const notSignedIn: CanActivateFn = async ({ queryParams }) => {
  const person = inject(SignedInPerson);
  const router = inject(Router);
  await person.whenKnown();
  return person.me() === null ? true : router.parseUrl(ownPage(queryParams['next']));
};

/** Only our own pages: an address of somebody else's in a link must not be followed. */
export function ownPage(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/';
}

/** A page for people with one of these permissions. The API refuses all others by itself; this only says so kindly. */
export function requires(...permissions: readonly Permission[]): CanActivateFn {
  return () => {
    const person = inject(SignedInPerson);
    if (permissions.some((permission) => person.may(permission))) return true;
    return new RedirectCommand(inject(Router).createUrlTree(['/not-allowed']), { skipLocationChange: true });
  };
}
