/** A place that holds the files of one published repository: the hub, or a directory with a copy of it. */
export interface Repository {
  /** As its manifest names it. */
  name: string;
  /** The first of these paths that it has. */
  find(paths: readonly string[]): Promise<RepositoryFile | undefined>;
}

export interface RepositoryFile {
  path: string;
  bytes: number;
  /** The commit that this file is of, where the place knows it. */
  commit: string | undefined;
  /** sha256 that the place states before any byte is read, hex. */
  statedSha256: string | undefined;
  /** Bytes that have to come over the network still. */
  missingBytes(): Promise<number>;
  /** Bytes that it takes in a model beside what it takes where it is: 0 where a link will do. */
  copiedBytes: number;
  /** A part of it, for what stands in a header. */
  read(start: number, length: number): Promise<Buffer>;
  /**
   * Makes it a file of this machine. `onBytes` is told how many have come since the last call. The path may be in use
   * by others: copy, do not move.
   */
  fetch(onBytes: (bytes: number) => void): Promise<{ path: string; sha256: string }>;
}
