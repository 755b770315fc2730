/*
 * npm run release -- VERB: the steps of a release that do not depend on GitHub, so that they run on any machine.
 *
 *   check TAG       the tag fits package.json and CHANGELOG.md
 *   notes TAG FILE  writes the section of CHANGELOG.md for the tag
 *   package ...     `npm run dist -- ...` for this system, signed if the secrets are set, with a line that says so
 *   sbom FILE       writes the bill of materials (CycloneDX) of the build
 *   assets FOLDER   fails for a missing file or a feed that does not fit its files, and writes SHA256SUMS
 */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildStale } from '../build.mjs';
import { shippedPackages } from '../notices/notices.mjs';
import { runCommand, SetupFailure } from '../setup/failure.mjs';
import { root } from '../setup/paths.mjs';
import { run, tail } from '../setup/run.mjs';
import { amissIn, checksumsOf } from './assets.mjs';
import { shippedBill } from './sbom.mjs';
import { signingOf } from './signing.mjs';
import { checkTag, notesOf } from './version.mjs';

const { version } = /** @type {{ version: string }} */ (JSON.parse(textOf('package.json')));

/** @type {Record<string, (args: readonly string[]) => Promise<number | void> | void>} */
const verbs = {
  check: ([tag = '']) => checkTag(tag, version, textOf('CHANGELOG.md')),
  notes: ([tag = '', file = '']) =>
    writeFileSync(file, notesOf(tag.replace(/^v/, ''), textOf('CHANGELOG.md'))),
  package: makePackages,
  sbom: writeBill,
  assets: checkAssets,
};

/** @param {readonly string[]} args */
async function makePackages(args) {
  const { env, line } = signingOf(process.platform, process.env);
  say(line);
  // Makes the packages of this machine's processor only; with several machines the same file would otherwise be made
  // twice.
  const more = ['--', '--arch', 'own', ...args];
  const { code } = await run('npm', ['run', 'dist', ...more], { cwd: root, env, show: true });
  return code;
}

/** @param {readonly string[]} args */
async function writeBill([file]) {
  if (file === undefined) throw new SetupFailure('The bill needs a file.', 'Add its name.');
  await buildStale({ quiet: true });
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];
  const { code, output } = await run('npm', args, { cwd: root });
  if (code !== 0) throw new SetupFailure(`npm sbom failed:\n${tail(output)}\n`, 'Mend that, then try again.');
  const whole = /** @type {import('./sbom.mjs').Bill} */ (JSON.parse(output));
  const bill = shippedBill(whole, shippedPackages());
  writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);
  console.log(`perch: ${file} names ${bill.components.length} components`);
}

/** @param {readonly string[]} args */
async function checkAssets([folder]) {
  if (folder === undefined) throw new SetupFailure('There is no folder to look into.', 'Add its name.');
  const amiss = await amissIn(folder, version);
  for (const sentence of amiss) console.error(`perch: ${sentence}`);
  if (amiss.length > 0) return 1;
  const { name, text } = await checksumsOf(folder);
  writeFileSync(join(folder, name), text);
  process.stdout.write(text);
  return 0;
}

/**
 * Prints a line, and adds it to the summary of a workflow.
 *
 * @param {string} line
 */
function say(line) {
  console.log(`perch: ${line}`);
  if (process.env.GITHUB_STEP_SUMMARY) appendFileSync(process.env.GITHUB_STEP_SUMMARY, `- ${line}\n`);
}

/** @param {string} file */
function textOf(file) {
  return readFileSync(join(root, file), 'utf8');
}

await runCommand(async () => {
  const [verb = '', ...args] = process.argv.slice(2);
  const work = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (work) return await work(args);
  throw new SetupFailure(
    `There is no "${verb}" of a release.`,
    `Use one of: ${Object.keys(verbs).join(', ')}.`,
  );
});
