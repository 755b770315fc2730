/*
 * Writes what packages bring along for the command line: out/man/perch.1, and completion for the shells in
 * out/completion/. Both are made of the table of verbs in cli/verbs.ts.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runCommand } from './setup/failure.mjs';
import { out, root } from './setup/paths.mjs';
import { compileWords } from './words.mjs';

/** Where a shell looks for the script, by its own name for it. */
const scripts = /** @type {const} */ ({ bash: 'perch', zsh: '_perch', fish: 'perch.fish' });

/** Answers the folders: `man` and `completion`. */
export async function writeManual() {
  compileWords();
  const { runnerImport } = await import('vite');
  /** @param {string} file */
  const load = async (file) => (await runnerImport(join(root, file), { configFile: false })).module;
  const { manualPage } = /** @type {typeof import('../cli/man.js')} */ (await load('cli/man.ts'));
  const { completion } = /** @type {typeof import('../cli/completion.js')} */ (
    await load('cli/completion.ts')
  );
  const { version } = /** @type {{ version: string }} */ (
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  );
  const folders = { man: join(out, 'man'), completion: join(out, 'completion') };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  const date = new Date(Number(process.env.SOURCE_DATE_EPOCH ?? Date.now() / 1000) * 1000);
  const page = manualPage({ version, date: date.toISOString().slice(0, 10) });
  writeFileSync(join(folders.man, 'perch.1'), page);
  for (const [shell, name] of Object.entries(scripts)) {
    writeFileSync(join(folders.completion, name), completion(/** @type {keyof typeof scripts} */ (shell)));
  }
  return folders;
}

const isCommand = process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href;
if (isCommand) await runCommand(async () => void (await writeManual()));
