import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '../..');
let bundled: Promise<string> | null = null;

/**
 * Command of the sandbox as files for plain Node, built once per test process. `npm run build` makes the same in
 * out/sandbox. These lie below node_modules, where Node finds the compiled package of the store.
 */
export function sandboxBundle(): Promise<string> {
  bundled ??= bundle();
  return bundled;
}

/** Deletes the build; for the end of a test file. */
export async function removeSandboxBundle(): Promise<void> {
  const file = await bundled;
  bundled = null;
  if (file !== null) rmSync(dirname(file), { recursive: true, force: true });
}

async function bundle(): Promise<string> {
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'perch-sandbox-'));
  const external = ['classic-level', 'bufferutil', 'utf-8-validate'];
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    ssr: { target: 'node', noExternal: true, external },
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      rolldownOptions: {
        external,
        input: { index: join(root, 'sandbox/index.ts'), game: join(root, 'sandbox/games/game.ts') },
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
  return join(folder, 'index.mjs');
}
