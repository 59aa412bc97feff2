/** Without line breaks, which would begin a header of their own (RFC 5322, 2.2). */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
