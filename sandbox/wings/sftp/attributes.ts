import type { Stats } from 'node:fs';
import type { Attributes, FileEntry } from 'ssh2';

/** Attributes of a file as the protocol has them. Times in seconds. */
export function attributesOf(found: Stats): Attributes {
  return {
    mode: found.mode,
    uid: found.uid,
    gid: found.gid,
    size: found.size,
    atime: Math.floor(found.atimeMs / 1000),
    mtime: Math.floor(found.mtimeMs / 1000),
  };
}

/** Entry of a folder; `longname` looks like a line of `ls -l`. */
export function listedEntry(name: string, found: Stats): FileEntry {
  const time = found.mtime.toUTCString().slice(5, 22);
  const longname = `${lettersOf(found)} ${found.nlink} ${found.uid} ${found.gid} ${found.size} ${time} ${name}`;
  return { filename: name, longname, attrs: attributesOf(found) };
}

function lettersOf(found: Stats): string {
  const kind = found.isDirectory() ? 'd' : found.isSymbolicLink() ? 'l' : '-';
  const bits = [6, 3, 0].map((shift) =>
    ['r', 'w', 'x'].map((letter, at) => ((found.mode >> shift) & (4 >> at) ? letter : '-')).join(''),
  );
  return `${kind}${bits.join('')}`;
}
