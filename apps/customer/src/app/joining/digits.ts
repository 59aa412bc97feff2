/** How many digits stand in what was typed, full-width ones too. */
export function digitsIn(typed: string): number {
  return typed.normalize('NFKC').match(/\d/g)?.length ?? 0;
}
