/*
 * Writes the packages' files for the command line to out/man/: the manual page and completion scripts. Both come from
 * the table of verbs in cli/verbs.ts.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isCommand, runCommand } from './setup/failure.mjs';
import { out, root } from './setup/paths.mjs';
import { compileMessages } from './messages.mjs';

/** Places of the completion scripts on Linux, below /usr/share. */
const scripts = /** @type {const} */ ({
  bash: 'bash-completion/completions/perch',
  zsh: 'zsh/vendor-completions/_perch',
  fish: 'fish/vendor_completions.d/perch.fish',
});

/**
 * The manual page and the completion scripts, with their places below /usr/share.
 *
 * @param {{ version: string, date: string }} release
 * @returns {Promise<[string, string][]>}
 */
export async function manualFiles(release) {
  compileMessages();
  const { runnerImport } = await import('vite');
  /** @param {string} file */
  const load = async (file) => (await runnerImport(join(root, file), { configFile: false })).module;
  const { manualPage } = /** @type {typeof import('../cli/man.js')} */ (await load('cli/man.ts'));
  const { completion } = /** @type {typeof import('../cli/completion.js')} */ (
    await load('cli/completion.ts')
  );
  const shells = /** @type {(keyof typeof scripts)[]} */ (Object.keys(scripts));
  return [
    ['man/man1/perch.1', manualPage(release)],
    ...shells.map((shell) => /** @type {[string, string]} */ ([scripts[shell], completion(shell)])),
  ];
}

if (isCommand(import.meta.url)) {
  await runCommand(async () => {
    const { version } = /** @type {{ version: string }} */ (
      JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    );
    const date = new Date().toISOString().slice(0, 10);
    for (const [name, text] of await manualFiles({ version, date })) {
      const file = join(out, 'man', name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  });
}
