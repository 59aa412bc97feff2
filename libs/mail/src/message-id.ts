/** Message-ID (RFC 5322, 3.6.4) of the mail with this id from this sender: the same one each time. */
export function messageIdOf(id: string, from: string): string {
  const domain = /@([^\s<>@]+?)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  return `<${id}@${domain}>`;
}
