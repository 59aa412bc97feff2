import type { EventDeclaration, EventOf } from '@deskside/domain';
import type { Change, ProjectedEvent } from './projection';

type Handler<Statement extends string> = (event: ProjectedEvent) => readonly Change<Statement>[];

/** Pairs a declared type of event with what a projection does for it; the payload has the declaration's type. */
export function on<D extends EventDeclaration, Statement extends string>(
  declaration: D,
  project: (payload: EventOf<D>['payload'], event: ProjectedEvent) => readonly Change<Statement>[],
): readonly [type: string, handler: Handler<Statement>] {
  return [declaration.type, (event) => project(event.payload as EventOf<D>['payload'], event)];
}

/** `types` and `project` of a projection that is a table of handlers. */
export function handledBy<Statement extends string>(
  ...entries: readonly (readonly [string, Handler<Statement>])[]
): { readonly types: readonly string[]; readonly project: Handler<Statement> } {
  const handlers = new Map(entries);
  return { types: [...handlers.keys()], project: (event) => handlers.get(event.type)?.(event) ?? [] };
}
