/** Hands a file to the person, as a download of the browser. */
export function saveFile(file: File): void {
  const address = URL.createObjectURL(file);
  const link = Object.assign(document.createElement('a'), { href: address, download: file.name });
  link.click();
  // The browser has read it by then; nothing of it stays in the page's memory.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}
