import * as v from 'valibot';
import type { EventDeclaration } from '../events';
import { eventRegistry } from './event-registry';

/**
 * Whether a payload from the log has the form that events of its type have, whatever became of the personal texts in it. Types
 * that nobody declares have any form. What has another one was damaged: nothing may be made of it.
 */
export function hasDeclaredForm({ type, payload }: { readonly type: string; readonly payload: unknown }): boolean {
  const declaration = eventRegistry.get(type);
  return declaration === undefined || v.is(declaration.payload, withoutTexts(declaration, payload));
}

function withoutTexts({ personal }: EventDeclaration, payload: unknown): unknown {
  return Object.keys(personal).reduce((copy, path) => without(copy, path.split('.')), payload);
}

function without(value: unknown, [key = '', ...rest]: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || !(key in value)) return value;
  const child = (value as Readonly<Record<string, unknown>>)[key];
  const text = child == null ? child : { erased: true };
  return { ...value, [key]: rest.length === 0 ? text : without(child, rest) };
}
