import { mkdirSync, mkdtempSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '../..');

/** `history-writer.ts` as a file for plain Node. It lies below node_modules, where Node finds the compiled package. */
export async function historyWriter(): Promise<{ folder: string; program: string }> {
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'perch-history-writer-'));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['classic-level'] },
    build: {
      ssr: join(root, 'tests/support/history-writer.ts'),
      target: 'node20',
      outDir: folder,
      rollupOptions: { external: ['classic-level'], output: { entryFileNames: 'writer.mjs' } },
    },
  });
  return { folder, program: join(folder, 'writer.mjs') };
}
