import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../setup/paths.mjs';
import { modules, read } from '../import-rules.mjs';
import { probes } from './probes.js';
import { moduleOf } from './modules.mjs';

let eslint: ESLint;
beforeAll(() => {
  eslint = new ESLint({ cwd: root, ruleFilter: ({ ruleId }) => ruleId.startsWith('import-rules/') });
});

/** Lines of a text that an import rule refuses, as if the text stood in that file. */
async function refusedLines(path: string, lines: readonly string[]): Promise<string[]> {
  const isPage = path.endsWith('.svelte');
  const text = isPage ? ['<script lang="ts">', ...lines, '</script>'] : lines;
  const [result] = await eslint.lintText(text.join('\n'), { filePath: join(root, path) });
  const problems = result?.messages ?? [];
  expect(problems.filter(({ ruleId }) => ruleId === null)).toEqual([]);
  return [...new Set(problems.map(({ line }) => text[line - 1] ?? ''))];
}

describe('the import rules', () => {
  it('have a probe in every module', () => {
    const probed = new Set(probes.map(({ path }) => moduleOf(path)));
    // Generated files are not linted.
    expect(Object.keys(modules).filter((module) => !probed.has(module))).toEqual(['messages/compiled']);
  });

  it.each(probes)(
    'of $path refuse exactly the imports that are not listed',
    async ({ path, refuses, allows }) => {
      const written = (target: string): string => `import '${from(path, target)}';`;
      const lines = [...refuses, ...allows].map(written);
      expect(await refusedLines(path, lines)).toEqual(refuses.map(written));
    },
  );

  it.each(['main/wings/probe.ts', 'renderer/state/probe.svelte.ts', 'renderer/ui/probe.svelte'])(
    'hold in %s however the import is written',
    async (path) => {
      const forms = formsOf(from(path, 'main/panel/client.ts'));
      expect(await refusedLines(path, forms)).toEqual(forms);
      expect(await refusedLines(path, formsOf('node:fs'))).toEqual(formsOf('node:fs'));
      expect(await refusedLines(path, formsOf('./neighbour.js'))).toEqual([]);
    },
  );

  it('see through missing endings, queries, detours and folders', async () => {
    const sources = [
      '../app',
      '../app.ts',
      '../../main/./app.js',
      '../fleet/../app.js',
      '../shell/windows.js?worker',
      '../shell',
      '/main/app.ts',
      'file:///main/app.ts',
    ];
    const lines = sources.map((source) => `import '${source}';`);
    expect(await refusedLines('main/ipc/probe.ts', lines)).toEqual(lines);
  });

  it('refuse imports known only at run time, except where files are loaded by name', async () => {
    const lines = ['const name: string = "x";', 'export const it = import(name);'];
    expect(await refusedLines('main/fleet/probe.ts', lines)).toEqual([lines[1]]);
    expect(
      await refusedLines('build/setup/probe.mjs', ['export const load = (name) => import(name);']),
    ).toEqual([]);
  });

  it('allow the preload script only the types of the contract', async () => {
    const lines = [
      "import type { Request } from '../bridge/schema/contract.js';",
      "import { contract } from '../bridge/schema/contract.js';",
      "export type { Push } from '../bridge/schema/contract.js';",
      "export * from '../bridge/schema/contract.js';",
    ];
    expect(await refusedLines('preload/probe.ts', lines)).toEqual([lines[1], lines[3]]);
  });

  it('allow windows the types of schemas but no schema', async () => {
    const lines = [
      "import type { Settings } from '../../bridge/schema/settings.js';",
      "import { settingsSchema } from '../../bridge/schema/settings.js';",
    ];
    expect(await refusedLines('renderer/views/probe.ts', lines)).toEqual([lines[1]]);
  });

  it('allow specs to import the tests, and no file to import a spec', async () => {
    const spec = ["import '../../tests/support/fake-clock.js';", "import '../app.js';", "import 'vitest';"];
    expect(await refusedLines('main/fleet/probe.spec.ts', spec)).toEqual([]);
    const others = [
      "import './fleet.spec.js';",
      "import 'vitest';",
      "import '../../tests/support/fake-clock.js';",
    ];
    expect(await refusedLines('main/fleet/probe.ts', others)).toEqual(others);
    expect(
      await refusedLines('main/fleet/probe.spec.ts', ["import '../../out/main/index.cjs';"]),
    ).toHaveLength(1);
  });
});

describe('time, randomness and the outside', () => {
  const clock = [
    'export const a = setTimeout(() => {}, 1);',
    'export const b = setInterval(() => {}, 1);',
    'export const c = Date.now();',
    'export const d = new Date();',
    'export const e = performance.now();',
    'export const f = globalThis.setTimeout(() => {}, 1);',
    'export const g = new globalThis.Date();',
    'export const h = AbortSignal.timeout(1);',
    'export const i = Date();',
    'export const j = [1].map(Date.now);',
    'export const aa = (setTimeout as () => void)();',
    'export const ab = (Date satisfies object as typeof Date).now();',
    'export const ac = (globalThis as typeof globalThis).setTimeout!(() => {}, 1);',
  ];
  const random = [
    'export const k = Math.random();',
    'export const l = crypto.randomUUID();',
    'export const m = globalThis.crypto.randomUUID();',
    "export const n = Math['random']();",
    'export const { random } = Math;',
  ];
  const outside = [
    "export const o = fetch('https://example.org');",
    "export const p = new WebSocket('wss://example.org');",
    'export const q = process.env;',
    "console.log('r');",
  ];
  const all = [...clock, ...random, ...outside];
  const harmless = [
    'export const s = new Date(5);',
    'export const t = Math.max(1, 2);',
    'export type U = ReturnType<typeof setTimeout>;',
    'export const v = (setTimeout: () => void) => setTimeout();',
    "export const w = Date.parse('2020-01-01');",
    'export const x = globalThis.Math.max(1, 2);',
    'export const y = (Math as { max(): number }).max();',
  ];
  const hidden = [
    'const everything = globalThis;',
    'const { setTimeout: later } = globalThis;',
    "const name = 'fetch'; export const z = globalThis[name];",
    'export const all = { ...self };',
    'export const given = (globalThis as object);',
  ];

  it.each([
    ...['messages', 'bridge', 'preload', 'main/base', 'main/disk', 'main/panel', 'main/wings', 'main/alerts'],
    ...['main/actions', 'main/ipc', 'main/remote', 'main/fleet', 'main/fleet/account', 'main/fleet/console'],
    ...['main/fleet/plan', 'main/fleet/server', 'main/fleet/usage', 'renderer/search'],
  ])('are refused in %s', async (module) => {
    expect(await refusedLines(`${module}/probe.ts`, all)).toEqual(all);
    expect(await refusedLines(`${module}/probe.ts`, harmless)).toEqual([]);
  });

  it('cannot be hidden behind the global object', async () => {
    expect(await refusedLines('main/fleet/probe.ts', hidden)).toEqual(hidden);
    expect(await refusedLines('renderer/views/probe.svelte', hidden)).toEqual(hidden);
    expect(await refusedLines('renderer/views/probe.svelte', ['listen(window);'])).toEqual([]);
  });

  it('are allowed only where they are listed', async () => {
    expect(await refusedLines('main/base/clock.ts', all)).toEqual([...random, ...outside]);
    expect(await refusedLines('main/net/probe.ts', all)).toEqual([...random, ...outside]);
    expect(await refusedLines('main/shell/pages/dev-pages.ts', all)).not.toContain(outside[0]);
    const noProcess = outside.filter((line) => !/process/.test(line));
    expect(await refusedLines('main/perch.ts', all)).toEqual([...clock, ...noProcess]);
    expect(await refusedLines('main/index.ts', all)).toEqual([...random, ...noProcess]);
    expect(await refusedLines('renderer/state/probe.svelte.ts', all)).toEqual([...random, ...outside]);
    expect(await refusedLines('renderer/ui/probe.svelte', all)).toEqual([...random, ...outside]);
    expect(await refusedLines('renderer/views/probe.svelte', all)).toEqual(outside);
    expect(await refusedLines('main/fleet/probe.spec.ts', all)).toEqual([]);
  });
});

describe('the list of modules', () => {
  it('covers every file of the checkout', () => {
    const files = sources(root).map((file) => relative(root, file).split(sep).join('/'));
    expect(files.length).toBeGreaterThan(500);
    expect(files.filter((file) => moduleOf(file) === undefined)).toEqual([]);
    const inhabited = new Set(files.map(moduleOf));
    expect(Object.keys(modules).filter((module) => !inhabited.has(module) && !made.has(module))).toEqual([]);
  });

  it('is read from the blocks of text of a page', () => {
    const block = [
      'main/net',
      '  modules  floor main/bus',
      '           main/disk',
      '  node     *',
      '# Why',
      'bench',
    ];
    expect(read(`# Page\n\n\`\`\`text\n${block.join('\n')}\n  loads\n\`\`\`\n`)).toEqual({
      'main/net': {
        ...nothing,
        modules: ['messages', 'bridge', 'bridge/schema', 'main/base', 'main/bus', 'main/disk'],
        node: '*',
      },
      bench: { ...nothing, loads: true },
    });
    expect(() => read('```text\nmain/net\n  module  floor\n```\n')).toThrow('main/net has no list "module"');
  });

  it('has no circle', () => {
    const next = (module: string): string[] => {
      const named = modules[module]?.modules ?? [];
      return named === '*' ? [] : [...named];
    };
    const reached = (module: string, from: readonly string[]): string[] =>
      next(module).flatMap((other) =>
        from.includes(other) ? [[...from, other].join(' -> ')] : reached(other, [...from, other]),
      );
    expect(Object.keys(modules).flatMap((module) => reached(module, [module]))).toEqual([]);
  });
});

const nothing = { modules: [], types: [], node: [], packages: [], globals: [], loads: false };

/** Generated folders, and folders without scripts. */
const made = new Set(['messages/compiled', 'renderer/style', 'tests']);

/** Every form of import with the same target. */
function formsOf(source: string): string[] {
  return [
    `import { a } from '${source}';`,
    `import type { B } from '${source}';`,
    `import { type C } from '${source}';`,
    `import * as d from '${source}';`,
    `import '${source}';`,
    `export { e } from '${source}';`,
    `export type { F } from '${source}';`,
    `export * from '${source}';`,
    `export * as g from '${source}';`,
    `import h = require('${source}');`,
    `const i = () => import('${source}');`,
    `const j = () => import(\`${source}\`);`,
    `const k = require('${source}');`,
    `const l = require.resolve('${source}');`,
    `type M = typeof import('${source}');`,
    `type N = import('${source}').N;`,
    `const o = new URL('${source}', import.meta.url);`,
    `const p = import.meta.glob('${source}');`,
    `const q = import.meta.resolve('${source}');`,
  ];
}

/** Relative import path of a file in the checkout; package names stay unchanged. */
function from(path: string, target: string): string {
  if (!/\.(?:ts|mjs|cjs|js|svelte|css)$/.test(target) || target.startsWith('undici/')) return target;
  const way = relative(join(path, '..'), target).split(sep).join('/').replace(/\.ts$/, '.js');
  return way.startsWith('.') ? way : `./${way}`;
}

function sources(folder: string): string[] {
  const passedOver = new Set(['node_modules', 'out', 'dist', 'test-results', 'compiled']);
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return entry.name.startsWith('.') || passedOver.has(entry.name) ? [] : sources(path);
    return /\.(?:[cm]?[jt]s|svelte)$/.test(entry.name) ? [path] : [];
  });
}
