import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A folder or file of the contract set that the project wrote for itself (tests/fixtures/README.md). */
export function ownFixtures(name: string): string {
  return resolve(import.meta.dirname, '../fixtures', name);
}

/**
 * A folder of recordings of real panels and nodes, or null where there are none. They lie beside the checkout, or
 * where PERCH_FIXTURES says; a folder that does not exist turns them off.
 */
export function recordedFixtures(name: string): string | null {
  const root = process.env['PERCH_FIXTURES'] ?? resolve(import.meta.dirname, '../../../shared/fixtures');
  const folder = join(root, name);
  return existsSync(folder) ? folder : null;
}

/** Every JSON file of a folder, parsed, in order of name. */
export function readJsonFiles(folder: string): { file: string; content: unknown }[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ file, content: readJson(join(folder, file)) }));
}

export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8')) as unknown;
}
