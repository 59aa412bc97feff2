/** Hands a text to the browser as a file to keep, as UTF-8. */
export function saveFile(document: Document, file: { name: string; mediaType: string; content: string }): void {
  const address = URL.createObjectURL(new Blob([file.content], { type: file.mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name;
  link.click();
  // The browser has its own hold on the content once the press is handled.
  setTimeout(() => URL.revokeObjectURL(address));
}
