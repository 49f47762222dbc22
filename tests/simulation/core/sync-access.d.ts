/** What TypeScript knows in a worker alone: tests that use the journal outside of one are checked with the page's types. */
interface FileSystemSyncAccessHandle {
  getSize(): number;
  write(bytes: Uint8Array, options?: { readonly at?: number }): number;
  read(into: Uint8Array, options?: { readonly at?: number }): number;
  truncate(length: number): void;
  flush(): void;
  close(): void;
}

interface FileSystemFileHandle {
  createSyncAccessHandle(): Promise<FileSystemSyncAccessHandle>;
}
