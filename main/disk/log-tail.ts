import { open } from 'node:fs/promises';

/** Some hundreds of lines. */
const mostBytes = 256 * 1024;

/** The end of a log file, from the start of a line; null if the file can't be read. */
export async function logTail(path: string): Promise<string | null> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const from = Math.max(0, size - mostBytes);
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - from), position: from });
      const text = buffer.toString('utf8', 0, bytesRead);
      return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}
