/**
 * Paths of files in a server's folder (PROTOCOL 2.17). Pure.
 *
 * A path begins with "/" and has no "/" at its end; "/" alone is the server's folder. A name is one part of a path.
 */

/** Path of a name in a folder. */
export function joined(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

/** Folder of a path; the server's folder is in itself. */
export function folderOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end <= 0 ? '/' : path.slice(0, end);
}

/** Last part of a path; empty for the server's folder. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Longest name on a node's file system, in bytes of UTF-8. */
const mostBytes = 255;
/** Panels cut these characters from both ends of a text, so they would act on another file (PROTOCOL 2.17.16). */
const cutAtEnds = /^[\s\u200b\u200e\ufeff]|[\s\u200b\u200e\ufeff]$/;
// eslint-disable-next-line no-control-regex -- a name can't hold NUL.
const neverInNames = /[/\u0000]/;

export type NameFault = 'empty' | 'dots' | 'slash' | 'long' | 'space';

/** Why a panel can't act on a file of this name; null if it can. */
export function nameFault(name: string): NameFault | null {
  if (name === '') return 'empty';
  if (name === '.' || name === '..') return 'dots';
  if (neverInNames.test(name)) return 'slash';
  if (bytesIn(name) > mostBytes) return 'long';
  return cutAtEnds.test(name) ? 'space' : null;
}

/** Whether each part of a path is a name that a panel can act on. */
export function isPath(path: string): boolean {
  if (path === '/') return true;
  return (
    path.startsWith('/') &&
    path
      .slice(1)
      .split('/')
      .every((name) => nameFault(name) === null)
  );
}

/** Length in UTF-8. */
function bytesIn(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
