import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of recorded answers beside the checkout, or null where it is not there; PERCH_FIXTURES overrides. */
export function fixturesFolder(name: string): string | null {
  const root = process.env['PERCH_FIXTURES'] ?? resolve(import.meta.dirname, '../../../shared/fixtures');
  const folder = join(root, name);
  return existsSync(folder) ? folder : null;
}

/** Every JSON file of a folder, parsed, in order of name. */
export function readJsonFiles(folder: string): { file: string; content: unknown }[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ file, content: JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown }));
}
