import { mkdirSync, mkdtempSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '../..');

/** `rule-runner.ts` as a file for plain Node. It lies below node_modules, where Node finds the packages. */
export async function ruleRunner(): Promise<{ folder: string; program: string }> {
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'perch-rule-runner-'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(root, 'tests/support/rule-runner.ts'),
      target: 'node20',
      outDir: folder,
      rollupOptions: { output: { entryFileNames: 'runner.mjs' } },
    },
  });
  return { folder, program: join(folder, 'runner.mjs') };
}
