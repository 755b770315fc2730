import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildStale } from '../build.mjs';
import { root } from '../setup/paths.mjs';
import { declaredVersion, requireRuntime } from '../setup/runtime.mjs';
import { runTool } from '../tools.mjs';
import { packagingOf, substituteFlag } from './electron.mjs';
import { stackLine } from './failed.mjs';
import { writeShare } from './linux/share.mjs';
import { homepage, manifest } from './release.mjs';
import { updateArguments, writeNotes } from './updates.mjs';

/**
 * Runs electron-builder with the Electron of this checkout.
 *
 * @param {readonly string[]} args `--substitute-electron`, and arguments for electron-builder
 * @param {{ show: boolean, foreign?: boolean | undefined, output?: string, env?: NodeJS.ProcessEnv }} options `foreign`: for another
 *   processor; `output`: another folder for packages
 * @returns {Promise<{ code: number, output: string, folder: string }>} `folder` = folder of the packages
 */
export async function makePackage(args, { show, foreign, output, env = {} }) {
  const flagged = args.includes(substituteFlag);
  const packaging = packagingOf(requireRuntime(), { declared: declaredVersion(), flagged, foreign });
  await buildStale({ quiet: !show });
  if (process.platform === 'linux') await writeShare();
  const others = args.filter((arg) => arg !== substituteFlag);
  const placed = output === undefined ? [] : [`-c.directories.output=${output}`];
  const around = packaging.args.filter(
    (arg) => placed.length === 0 || !arg.startsWith('-c.directories.output='),
  );
  const metadata = `-c.extraMetadata.homepage=${homepage(process.env)}`;
  const notes = writeNotes(manifest().version, readFileSync(join(root, 'CHANGELOG.md'), 'utf8'));
  const updates = updateArguments(process.env, { platform: process.platform, notes });
  const made = await runTool(
    'electron-builder',
    [...others, '--publish', 'never', metadata, ...updates, ...around, ...placed],
    { show, hide: stackLine, env: { ...process.env, ...env } },
  );
  return { ...made, folder: output ?? join(root, packaging.output) };
}
