import { GraphQLError, Kind } from 'graphql';
import type { ASTVisitor, SelectionSetNode, ValidationContext, ValidationRule } from 'graphql';

/** Over HTTP nothing can follow a first answer, and graphql-js would run a subscription as if it were a query. */
export const noSubscriptions: ValidationRule = (context) => ({
  OperationDefinition(operation) {
    if (operation.operation === 'subscription')
      context.reportError(new GraphQLError('Subscriptions come over WebSocket only.', { nodes: operation }));
  },
});

/**
 * What a subscription watches must not depend on `@skip` or `@include` (GraphQL of September 2025, 5.2.4.1), which
 * graphql-js 16 does not look at: with nothing left to watch it breaks.
 */
export const unconditionalSubscriptions: ValidationRule = (context): ASTVisitor => ({
  OperationDefinition({ operation, selectionSet }) {
    if (operation !== 'subscription' || !isConditional(context, selectionSet, new Set())) return;
    context.reportError(new GraphQLError('What a subscription watches must not be skipped.', { nodes: selectionSet }));
  },
});

function isConditional(context: ValidationContext, { selections }: SelectionSetNode, seen: Set<string>): boolean {
  return selections.some((selection) => {
    if (selection.directives?.some(({ name }) => name.value === 'skip' || name.value === 'include')) return true;
    if (selection.kind === Kind.FIELD) return false;
    if (selection.kind === Kind.INLINE_FRAGMENT) return isConditional(context, selection.selectionSet, seen);
    const fragment = context.getFragment(selection.name.value);
    if (fragment == null || seen.has(fragment.name.value)) return false;
    seen.add(fragment.name.value);
    return isConditional(context, fragment.selectionSet, seen);
  });
}
