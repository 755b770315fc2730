import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFileNow, pathsBelow } from './paths-below.js';

/** Files below `folder` that contain `text` in UTF-8 or UTF-16. Skips sockets and vanished files. */
export function filesWith(folder: string, text: string): string[] {
  const needles = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];
  return pathsBelow(folder).flatMap((name) => {
    const path = join(folder, name);
    if (!isFileNow(path)) return [];
    try {
      const bytes = readFileSync(path);
      return needles.some((needle) => bytes.includes(needle)) ? [path] : [];
    } catch {
      return [];
    }
  });
}
