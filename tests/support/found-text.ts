import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files below `folder` that contain `text` in UTF-8 or UTF-16. Skips sockets and vanished files. */
export function filesWith(folder: string, text: string): string[] {
  const needles = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesWith(path, text);
    if (!entry.isFile()) return [];
    try {
      const bytes = readFileSync(path);
      return needles.some((needle) => bytes.includes(needle)) ? [path] : [];
    } catch {
      return [];
    }
  });
}
