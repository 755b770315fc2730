import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SOURCES = resolve(import.meta.dirname, '../../sandbox/games');

let bundled: Promise<string> | null = null;

/**
 * Child process of a demo server as one file for plain Node. The file lies in a temporary folder named by a hash of its
 * sources, so all test processes share one build. `npm run build` makes the same file as out/sandbox/game.mjs.
 */
export function gameBundle(): Promise<string> {
  bundled ??= bundle();
  return bundled;
}

async function bundle(): Promise<string> {
  const folder = join(tmpdir(), `perch-game-${sourceHash()}`);
  const file = join(folder, 'game.mjs');
  if (existsSync(file)) return file;
  const workshop = mkdtempSync(join(tmpdir(), 'perch-game-build-'));
  // Loaded on demand: the bundler takes longer to load than many tests run.
  const { build } = await import('vite');
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(SOURCES, 'game.ts'),
      target: 'node20',
      outDir: workshop,
      rollupOptions: { output: { entryFileNames: 'game.mjs' } },
    },
  });
  try {
    renameSync(workshop, folder);
  } catch (cause) {
    // Another test process has already built the same file.
    rmSync(workshop, { recursive: true, force: true });
    if (!existsSync(file)) throw cause;
  }
  return file;
}

function sourceHash(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).sort()) {
    if (name.endsWith('.ts') && !name.endsWith('.spec.ts')) hash.update(readFileSync(join(SOURCES, name)));
  }
  return hash.digest('hex').slice(0, 16);
}
