/*
 * npm run stores -- FOLDER [TARGET]: manifests of Flatpak, winget, Scoop, Homebrew and the AUR for the release whose
 * packages are in FOLDER, written to TARGET (`dist/stores`).
 * They use the pages at `PERCH_HOMEPAGE` and the files below `PERCH_DOWNLOADS`; a workflow of GitHub derives both from
 * the repository. Each manifest is checked by its own tool if that is installed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { homepage, manifest, releaseDay } from './package/release.mjs';
import { runCommand, SetupFailure } from './setup/failure.mjs';
import { root } from './setup/paths.mjs';
import { hasProgram, run, tail } from './setup/run.mjs';
import { releaseFiles } from './stores/release-files.mjs';
import { manifestsOf } from './stores/stores.mjs';

/** Tools that check a manifest without an installation. */
const readers = [
  { file: 'homebrew/perch.rb', command: 'ruby', args: ['-c'] },
  { file: 'aur/PKGBUILD', command: 'bash', args: ['-n'] },
  { file: 'flatpak/app.perch.Perch.yml', command: 'flatpak-builder', args: ['--show-manifest'] },
];

async function stores() {
  const [folder, target = join(root, 'dist', 'stores')] = process.argv.slice(2);
  if (folder === undefined) throw new SetupFailure('There is no folder with packages.', 'Add its name.');
  const about = manifest();
  const page = homepage(process.env);
  const downloads = process.env.PERCH_DOWNLOADS ?? `${page}/releases/download/v${about.version}`;
  const { files, missing } = await releaseFiles(resolve(folder), { version: about.version, downloads });
  if (missing.length > 0) {
    throw new SetupFailure(
      `${folder} lacks ${missing.join(', ')}.`,
      'Put the packages of all systems there.',
    );
  }
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  const manifests = manifestsOf({
    version: about.version,
    day: releaseDay(about.version, { changelog, today: new Date() }),
    description: about.description,
    licence: about.license,
    developer: about.author,
    homepage: page,
    downloads,
    files,
  });
  for (const { file, text } of manifests) write(join(target, file), text);
  console.log(`perch: wrote ${manifests.length} files to ${target}`);
  for (const reader of readers) await read(reader, target);
}

/**
 * @param {typeof readers[number]} reader
 * @param {string} target
 */
async function read({ file, command, args }, target) {
  if (!hasProgram(command))
    return console.log(`perch: ${file} was not read by ${command}, which is not here`);
  const { code, output } = await run(command, [...args, join(target, file)]);
  if (code !== 0) throw new Error(`${command} refuses ${file}:\n${tail(output)}`);
  console.log(`perch: ${command} reads ${file}`);
}

/**
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

await runCommand(stores);
