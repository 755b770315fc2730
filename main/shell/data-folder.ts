/** The folder that everything a person has in Perch is kept in. */
import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { sep } from 'node:path';

/** Makes the folder where it is not there; false where Perch may not write to it. */
export function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    // Only trying tells: rights say yes on a disk that is read-only, and to whoever may do everything.
    rmdirSync(mkdtempSync(`${folder}${sep}.perch-`));
    return true;
  } catch {
    return false;
  }
}
