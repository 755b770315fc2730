import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Folder or file of the project's own contract set (tests/fixtures/README.md). */
export function ownFixtures(name: string): string {
  return resolve(import.meta.dirname, '../fixtures', name);
}

/**
 * Folder of recordings of real panels and nodes; null = no recordings. The folder lies beside the checkout, or at
 * PERCH_FIXTURES; a path that does not exist turns recordings off.
 */
export function recordedFixtures(name: string): string | null {
  const root = process.env['PERCH_FIXTURES'] ?? resolve(import.meta.dirname, '../../../shared/fixtures');
  const folder = join(root, name);
  return existsSync(folder) ? folder : null;
}

/** All JSON files of a folder, parsed, in order of name. */
export function readJsonFiles(folder: string): { file: string; content: unknown }[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ file, content: readJson(join(folder, file)) }));
}

export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8')) as unknown;
}
