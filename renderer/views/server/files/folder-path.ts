/** Parts of a folder's path, and a path that a person typed. Pure. */
import { joined } from '../../../../bridge/files/file-paths.js';

export interface Crumb {
  readonly name: string;
  readonly path: string;
}

/** Where a server's folder lies in its container, and so in messages of its game. */
const inContainer = /^\/home\/container(?=\/|$)/;

/** The folders that lead to a path, without the server's folder. */
export function crumbsOf(path: string): Crumb[] {
  let above = '/';
  return partsOf(path).map((name) => {
    above = joined(above, name);
    return { name, path: above };
  });
}

/** The path that a text means in a folder. `..` ends at the server's folder. */
export function typedPath(text: string, folder: string): string {
  const typed = text.trim().replace(inContainer, '/');
  const parts = typed.startsWith('/') ? [] : partsOf(folder);
  for (const part of partsOf(typed)) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}
