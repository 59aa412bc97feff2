import { inject } from '@angular/core';
import type { TypedDocumentNode } from '@apollo/client';
import { isWriteRefusalCode } from '@deskside/domain';
import type { WriteRefusal } from '@deskside/domain';
import { Requests } from '../connection/requests';
import { CurrentWriteRefusal } from './current-write-refusal';

type WriteRefusalQuery = TypedDocumentNode<{ readonly writeRefusal?: string | null }, Record<string, never>>;

/** Lets all parts of an app know whether anything can be written; `query` is of its own endpoint. */
export function followWriteRefusal(query: WriteRefusalQuery): void {
  const requests = inject(Requests);
  inject(CurrentWriteRefusal).follow(async () => {
    const answer = await requests.askAsNobody(query);
    return answer.ok ? refusalIn(answer.data.writeRefusal) : undefined;
  });
}

/** One that this page does not know yet is of a newer server: nothing can be said of it. */
function refusalIn(code: string | null | undefined): WriteRefusal | null {
  return isWriteRefusalCode(code) ? code : null;
}
