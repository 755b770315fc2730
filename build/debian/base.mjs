import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { userCache } from '../setup/paths.mjs';
import { run, tail } from '../setup/run.mjs';
import { MIRROR, NotDownloaded } from './reach.mjs';

/** Version of this recipe; a new number makes a new base. */
const RECIPE = 1;

/** The user who installs and uses Perch. */
export const person = { name: 'anna', id: '1000', home: '/home/anna' };

/**
 * Cache of downloads between runs.
 *
 * @param {string} suite
 */
export function cached(suite) {
  const folder = join(userCache(), 'debian');
  const archives = join(folder, `archives-${suite}`);
  mkdirSync(join(archives, 'partial'), { recursive: true });
  return { base: join(folder, `${suite}-${process.arch}-${RECIPE}.tar`), archives };
}

/**
 * Archive of the smallest Debian that installs packages (minbase), made once. It keeps its package lists, so that later
 * runs need no network.
 *
 * @param {string} suite as `trixie`
 * @returns {Promise<string>} the archive
 */
export async function debianBase(suite) {
  const { base } = cached(suite);
  if (existsSync(base)) return base;
  const draft = `${base}.${process.pid}.tar`;
  const { code, output } = await run('mmdebstrap', [
    ...['--variant=minbase', '--skip=cleanup/apt/lists'],
    ...['--customize-hook=echo force-unsafe-io > "$1/etc/dpkg/dpkg.cfg.d/unsafe-io"'],
    `--customize-hook=chroot "$1" useradd --create-home --uid ${person.id} ${person.name}`,
    ...[suite, draft, MIRROR],
  ]);
  if (code !== 0) {
    rmSync(draft, { force: true });
    throw new NotDownloaded(`mmdebstrap made no ${suite}:\n${tail(output)}`);
  }
  renameSync(draft, base);
  return base;
}
