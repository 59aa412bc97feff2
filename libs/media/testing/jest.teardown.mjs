/** After all tests. */
export default function close() {
  globalThis.closeDisplay?.();
}
