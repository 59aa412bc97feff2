/**
 * Names that one window of this browser holds, and that go with it however it goes (Web Locks): so the other windows, and
 * the page after a reload, know whether somebody still captures or chooses.
 */
export function holdInThisWindow(name: string): () => void {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  void navigator.locks?.request(name, () => held);
  return release;
}

export async function isHeldInAnyWindow(name: string): Promise<boolean> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return held.some((lock) => lock.name === name);
}
