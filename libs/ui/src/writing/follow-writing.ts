import { inject } from '@angular/core';
import type { TypedDocumentNode } from '@apollo/client';
import { writeRefusals } from '@deskside/domain';
import type { WriteRefusal } from '@deskside/domain';
import { Requests } from '../connection/requests';
import { Writing } from './writing';

type WritingQuery = TypedDocumentNode<{ readonly writeRefusal?: string | null }, Record<string, never>>;

/** Lets all parts of an app know whether anything can be written; `query` is of its own endpoint. */
export function followWriting(query: WritingQuery): void {
  const requests = inject(Requests);
  inject(Writing).follow(async () => {
    const answer = await requests.askAsNobody(query);
    return answer.ok ? refusalIn(answer.data.writeRefusal) : undefined;
  });
}

/** One that this page does not know yet is of a newer server: nothing can be said of it. */
function refusalIn(code: string | null | undefined): WriteRefusal | null {
  return writeRefusals.find((known) => known === code) ?? null;
}
