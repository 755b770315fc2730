import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

let bundled: Promise<string> | null = null;

/**
 * The child process of a demo server as one file that plain node can run, built once per test process into a
 * temporary folder. `npm run build` makes the same file as out/sandbox/game.mjs.
 */
export function gameBundle(): Promise<string> {
  bundled ??= bundle();
  return bundled;
}

async function bundle(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'perch-game-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  // Only when it is needed: the bundler takes longer to load than many a test.
  const { build } = await import('vite');
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: resolve(import.meta.dirname, '../../sandbox/games/game.ts'),
      target: 'node20',
      outDir: folder,
      rollupOptions: { output: { entryFileNames: 'game.mjs' } },
    },
  });
  return join(folder, 'game.mjs');
}
