import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';

/** Refusal to write a file, with Wings's text. */
export interface FileRefusal {
  status: number;
  message: string;
}

const outside: FileRefusal = { status: 404, message: 'The requested resource was not found on the system.' };
const isFolder: FileRefusal = {
  status: 400,
  message: 'Cannot write file, name conflicts with an existing directory by the same name.',
};
const tooLong: FileRefusal = { status: 400, message: 'Cannot perform that action: file name is too long.' };
/** Longest part of a path, in bytes. */
const longestName = 255;

/** Writes only below the folder of a server, and makes missing folders. null = written. */
export async function writeServerFile(
  folder: string,
  file: string,
  text: string,
): Promise<FileRefusal | null> {
  const path = normalize(`/${file}`);
  if (file.includes('\0') || normalize(file).startsWith('..')) return outside;
  if (path.split('/').some((part) => Buffer.byteLength(part) > longestName)) return tooLong;
  const target = join(folder, path);
  const found = await stat(target).catch(() => null);
  if (path === '/' || found?.isDirectory() === true) return isFolder;
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, text);
  return null;
}
