import { Injectable } from '@angular/core';

/** The key to one session: in this page's memory only, gone with it. */
@Injectable({ providedIn: 'root' })
export class Bearer {
  value: string | null = null;
}
