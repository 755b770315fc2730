/** The way on which files and folders go from this computer to a node. Pure. */

/** `each` = one upload for each file; `packed` = in archives, which the node unpacks. */
export type FolderWay = 'each' | 'packed';

/** Most files that go one by one. Each costs five requests to the panel, and panels allow 240 a minute. */
const mostEach = 50;

/** The way for this number of files. */
export function wayFor(files: number): FolderWay {
  return files <= mostEach ? 'each' : 'packed';
}
