/** Facts that show a write to a local copy. */
export interface CopyFacts {
  readonly bytes: number;
  /** Times of content and entry in ms, and the number of the file: a program may replace the file by another. */
  readonly stamp: string;
  /** Time of the content, in ms since the epoch. */
  readonly modifiedAt: number;
}

/** A local copy of a server's file: `id` = its folder, `name` = its name there. */
export interface LocalCopy {
  readonly id: string;
  readonly name: string;
}

/** `too-large` = longer than a panel shows, so the content is not read. */
export type CopyContent = Uint8Array | 'too-large';

/** Local copies of files, for this user alone. Methods reject with errors of the system. */
export interface EditedDisk {
  /** Whole path of a copy. */
  pathOf(copy: LocalCopy): string;
  /** Writes the whole copy; a program never sees a part of it. */
  write(copy: LocalCopy, bytes: Uint8Array): Promise<void>;
  /** null if the file is missing. */
  look(copy: LocalCopy): Promise<CopyFacts | null>;
  /** null if the file is missing. */
  read(copy: LocalCopy): Promise<CopyContent | null>;
  /** Whether programs keep files of their own in the copy's folder, such as a text that was not saved. */
  hasOthers(copy: LocalCopy): Promise<boolean>;
  /** Calls after changes in the copy's folder, as far as the system reports them. Returns the function that ends that. */
  watch(copy: LocalCopy, changed: () => void): () => void;
  /** Removes the folder of a copy, with the files that programs left there. */
  remove(id: string): Promise<void>;
}
