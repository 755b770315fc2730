import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { substituteFlag } from '../package/electron.mjs';
import { makePackage } from '../package/make.mjs';
import { root } from '../setup/paths.mjs';

const lowerVersion = '0.0.1';

/**
 * Makes two uncompressed debs of one unpacked package: one with a version that was never released, and the real deb.
 *
 * @param {string} unpacked
 * @returns {Promise<{ folder: string, lower: string, higher: string }>} the files; the caller removes the folder
 */
export async function lowerAndHigher(unpacked) {
  const folder = mkdtempSync(join(tmpdir(), 'perch-debs-'));
  const lower = await debOf(unpacked, join(folder, 'lower'), [`-c.extraMetadata.version=${lowerVersion}`]);
  return { folder, lower, higher: await debOf(unpacked, join(folder, 'higher'), []) };
}

/**
 * @param {string} unpacked
 * @param {string} folder
 * @param {readonly string[]} more
 */
async function debOf(unpacked, folder, more) {
  const arch = process.arch === 'arm64' ? '--arm64' : '--x64';
  const { code, output } = await makePackage(
    ['--linux', 'deb', arch, '--prepackaged', unpacked, ...more, substituteFlag],
    {
      show: false,
      output: folder,
      env: {
        CUSTOM_FPM_PATH: join(root, 'build', 'package', 'linux', 'pack.mjs'),
        PERCH_PACKAGE_COMPRESSION: 'none',
      },
    },
  );
  const name = code === 0 ? readdirSync(folder).find((file) => file.endsWith('.deb')) : undefined;
  if (name === undefined) throw new Error(`There is no deb.\n${output}`);
  return join(folder, name);
}
