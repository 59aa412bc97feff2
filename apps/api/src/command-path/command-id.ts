const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * A UUID in lower case, as events have it. Whoever makes other ids from it, or acts before the command path looks, asks
 * first: a name that anybody could have chosen must not become a place in a session.
 */
export function isCommandId(text: string): boolean {
  return uuid.test(text);
}
