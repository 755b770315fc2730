import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../setup/paths.mjs';
import { circlesOf } from './circles.mjs';

const folders = ['bridge', 'cli', 'main', 'messages', 'preload', 'renderer', 'sandbox'];

describe('circles of files', () => {
  it('do not exist in the production code', () => {
    // build/messages.mjs generates messages/compiled; its types refer to those of messages.ts.
    const files = folders.flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ts|svelte)$/.test(name) && !/\.spec\.ts$|^compiled/.test(name))
        .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
    );
    expect(circlesOf(files)).toEqual([]);
  });

  it('are found over several files, by types as well, and through a page', () => {
    const texts: Record<string, string> = {
      'main/a.ts': "import type { B } from './b.js';",
      'main/b.ts': "import {\n  c,\n} from './sub/c.svelte';",
      'main/sub/c.svelte': "  import { a } from '../a.js';",
      'main/d.ts': "export { a } from './a.js';\nimport 'node:fs';",
    };
    const read = (path: string): string => texts[path] ?? '';
    expect(circlesOf(Object.keys(texts), read)).toEqual([['main/a.ts', 'main/b.ts', 'main/sub/c.svelte']]);
  });
});
