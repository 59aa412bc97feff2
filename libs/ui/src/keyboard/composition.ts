/**
 * True for keys that belong to an input method (Chinese, Japanese, dead keys): they must neither send nor start anything.
 * Safari reports the confirming Enter after the composition has ended, with the historical key code 229.
 */
export function belongsToComposition(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}
