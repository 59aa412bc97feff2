import { Injectable, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { EMPTY, catchError, map } from 'rxjs';
import { MediaStateFeedDocument } from '../../../generated/graphql';
import type { MediaStateFeedSubscription } from '../../../generated/graphql';
import { StaffRequests } from '../../sign-in/staff-requests';

/** How far the media server is. null until the API has said it; everything without picture and voice works meanwhile. */
@Injectable({ providedIn: 'root' })
export class MediaReadiness {
  readonly state = toSignal<MediaStateFeedSubscription['mediaState'] | null>(
    inject(StaffRequests)
      .watch(MediaStateFeedDocument, {})
      .pipe(
        map(({ mediaState }) => mediaState),
        catchError(() => EMPTY),
      ),
    { initialValue: null },
  );
}
