import { posix } from 'node:path';
import ignore from 'ignore';

/** Whether the egg's patterns forbid to change one of the files (PROTOCOL 2.17.14). Paths are from the server's folder. */
export function areDenied(patterns: readonly string[], files: readonly string[]): boolean {
  const denied = ignore().add([...patterns]);
  const paths = files.map((file) => posix.join('/', file).slice(1)).filter((path) => path !== '');
  return paths.some((path) => denied.ignores(path));
}
