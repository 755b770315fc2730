import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from './setup/paths.mjs';
import { refuseWholeZod } from './whole-zod.mjs';

let folder: string;

beforeAll(() => {
  // Below the checkout, where the bundler finds zod.
  mkdirSync(join(root, '.cache'), { recursive: true });
  folder = mkdtempSync(join(root, '.cache/whole-zod-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function bundled(code: string): Promise<void> {
  const input = join(folder, 'input.js');
  writeFileSync(input, `import * as z from 'zod';\n${code}`);
  const plugins = [refuseWholeZod()];
  const ssr = { noExternal: true as const };
  await build({
    configFile: false,
    logLevel: 'silent',
    root: folder,
    plugins,
    ssr,
    build: { ssr: input, write: false },
  });
}

it('a bundle may use functions of zod', async () => {
  await expect(bundled('export const makers = { text: z.string };')).resolves.toBeUndefined();
});

it('a bundle with all of zod is refused', async () => {
  await expect(bundled('export const makers = { z };')).rejects.toThrow(
    'holds all of zod. Pass on the functions that are needed, not `z` itself.',
  );
});
