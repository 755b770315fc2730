import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/paths.mjs';

/**
 * Application data of package.json.
 *
 * @returns {{ name: string, version: string, description: string, license: string, author: string, homepage: string, desktopName: string }}
 */
export function manifest() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}

/**
 * Homepage of the project: `PERCH_HOMEPAGE`, the repository of the GitHub workflow, or `homepage` of package.json.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function homepage(env) {
  const { PERCH_HOMEPAGE, GITHUB_SERVER_URL, GITHUB_REPOSITORY } = env;
  if (PERCH_HOMEPAGE) return PERCH_HOMEPAGE.replace(/\/$/, '');
  return GITHUB_SERVER_URL && GITHUB_REPOSITORY
    ? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`
    : manifest().homepage;
}

/**
 * Whether an address is a placeholder: names that end with `.example` are reserved (RFC 2606).
 *
 * @param {string} page
 */
export function isPlaceholder(page) {
  return new URL(page).hostname.endsWith('.example');
}

/**
 * Date of a release by its heading in the changelog; today if it has none yet.
 *
 * @param {string} version
 * @param {{ changelog: string, today: Date }} from
 * @returns {string} as `2026-01-31`
 */
export function releaseDay(version, { changelog, today }) {
  const headings = [...changelog.matchAll(/^## \[([^\]]+)\] - (\d{4}-\d{2}-\d{2})$/gm)];
  return headings.find(([, number]) => number === version)?.[2] ?? today.toISOString().slice(0, 10);
}
