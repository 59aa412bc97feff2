/** Where a page reaches the media server: under the API's own origin, so that one certificate serves all. */
export function signallingUrl(pageOrigin: string): string {
  return `${pageOrigin.replace(/^http/, 'ws')}/media`;
}
