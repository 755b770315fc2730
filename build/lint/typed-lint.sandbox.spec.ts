/** Types, and the rules that need them, in each kind of file. oxlint reads files only, so the probes get a checkout of their own. */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../setup/paths.mjs';
import { runTool } from '../tools.mjs';
import { lintComponents, lintScripts } from './typed-lint.mjs';

const unsafe = [
  'unsafe-argument',
  'unsafe-assignment',
  'unsafe-call',
  'unsafe-member-access',
  'unsafe-return',
];
/** Lines that break a rule, or TypeScript's own, in words that are TypeScript and JavaScript. */
const probes: readonly (readonly [rule: string, line: string])[] = [
  ['no-unsafe-argument', "Number.parseInt(JSON.parse('1'));"],
  ['no-unsafe-assignment', "const one = JSON.parse('1'); void one;"],
  ['no-unsafe-call', "JSON.parse('1')();"],
  ['no-unsafe-member-access', "JSON.parse('1').b;"],
  ['no-unsafe-return', "const two = () => JSON.parse('1'); void two;"],
  ['no-floating-promises', 'Promise.resolve(1);'],
  ['no-floating-promises', 'const three = () => { later(); }; void three;'],
  ['no-misused-promises', '[1].filter(() => later());'],
  ['no-misused-promises', '[1].forEach(async () => { await later(); });'],
  ['await-thenable', 'const four = async () => { await 1; }; void four;'],
  ['switch-exhaustiveness-check', "switch (kind) { case 'a': String(1); }"],
  ['TS2339', "'x'.missing;"],
];
/** Lines that no rule refuses. */
const fine = ['void later();', "switch (kind) { case 'a': String(1); break; default: String(2); }"];
const before = [
  "const kind = Math.random() > 0.5 ? 'a' : 'b';",
  'const later = () => Promise.resolve(true);',
  '',
].join('\n');

const own = ['unsafe-assignment', 'unsafe-return'];
/** A file of each kind, and the rules that it is free of. */
const kinds: readonly (readonly [path: string, without: readonly string[]])[] = [
  ['main/fleet/probe.ts', []],
  ['cli/probe.ts', []],
  ['bridge/text/probe.ts', []],
  ['preload/probe.ts', []],
  ['messages/probe.ts', []],
  ['sandbox/games/probe.ts', []],
  ['renderer/state/probe.ts', []],
  ['renderer/state/runes.svelte.ts', []],
  ['build/setup/probe.mjs', own],
  ['build/lint/probe.ts', []],
  ['tests/support/desktop/probe.mjs', unsafe],
  ['tests/support/probe.ts', unsafe],
  ['tests/e2e/probe.spec.ts', unsafe],
  ['main/fleet/probe.spec.ts', unsafe],
  ['renderer/views/probe.component.spec.ts', unsafe],
];

/** Fields of tsconfig.json, and of the output of `--showConfig`. */
interface Solution {
  readonly references: readonly { readonly path: string }[];
}
interface Part {
  readonly files: readonly string[];
}

let checkout: string;
beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), 'perch-lint-'));
  const configurations = readdirSync(root).filter((name) => /^tsconfig.*\.json$/.test(name));
  for (const name of [
    ...configurations,
    '.oxlintrc.json',
    '.gitignore',
    'svelte.config.js',
    'package.json',
  ]) {
    copyFileSync(join(root, name), join(checkout, name));
  }
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'), 'junction');
});
afterAll(() => {
  rmSync(checkout, { recursive: true });
});

function write(path: string, lines: readonly string[]): void {
  mkdirSync(join(checkout, dirname(path)), { recursive: true });
  writeFileSync(join(checkout, path), lines.join('\n'));
}

/** `path:line rule` of each finding that has a line. */
function found(output: string): string[] {
  const findings = output.matchAll(/^(\S+?):(\d+):.*typescript\((\S+)\)\]$/gm);
  return [...findings].map(([, path, line, rule]) => `${path}:${line} ${rule}`);
}

/** The findings of a file that has `head` lines before the probes. */
function expected(path: string, head: number, without: readonly string[]): string[] {
  return probes
    .map(([rule], index) => [rule, head + index + 1] as const)
    .filter(([rule]) => !without.includes(rule.replace('no-', '')))
    .map(([rule, line]) => `${path}:${line} ${rule}`);
}

const lines = probes.map(([, line]) => line);

describe('the rules that need types', () => {
  it('stop a probe each in every kind of file', async () => {
    for (const [path] of kinds) write(path, [before + lines.join('\n'), ...fine, 'export {};', '']);
    const { output, failed } = await lintScripts(checkout);
    const all = kinds.flatMap(([path, without]) => expected(path, 2, without));
    expect(found(output).sort()).toEqual(all.sort());
    expect(failed).toBe(1);
  });

  it('stop a probe each in the script of a component, and unawaited promises in its template', async () => {
    const script = [...before.trimEnd().split('\n'), ...lines, ...fine].map((line) => `  ${line}`);
    write('renderer/views/probe.svelte', [
      '<script lang="ts">',
      "  import Child from './child.svelte';",
      ...script,
      '</script>',
      '<button onclick={() => { later(); }}>{kind}</button>',
      '<button onclick={() => { void later(); }}>{kind}</button>',
      '<Child onchosen={() => { later(); }} />',
    ]);
    write('renderer/views/child.svelte', [
      '<script lang="ts">',
      '  const { onchosen }: { onchosen: () => void } = $props();',
      '</script>',
      '<button onclick={onchosen}>x</button>',
    ]);
    const { output, failed } = await lintComponents(checkout);
    expect(found(output).sort()).toEqual(
      expected('renderer/views/probe.svelte', 4, [...own, 'TS2339']).sort(),
    );
    const inTemplate = output.split('\n').filter((line) => line.startsWith('renderer/views/probe.svelte at'));
    expect(inTemplate).toEqual([
      expect.stringMatching(/at "later\(\); }.*no-floating-promises/),
      expect.stringMatching(/at "later\(\); }.*no-floating-promises/),
    ]);
    // svelte-check has already reported TypeScript's own errors.
    expect(output).toContain("Property 'missing' does not exist");
    expect(failed).toBe(2);
  });

  it.each([
    ['that does not parse', '<script lang="ts"></script>\n{#if true}x'],
    ['without types', '<p>x</p>'],
  ])('stop a component %s', async (_, text) => {
    write('renderer/views/probe.svelte', [text]);
    const { output, failed } = await lintComponents(checkout);
    expect(output).toContain('renderer/views/probe.svelte');
    expect(failed).toBe(1);
  });
});

describe('files with types', () => {
  const tracked = ['ls-files', '*.ts', 'build/*.mjs', 'tests/*.mjs'];
  const known = execFileSync('git', tracked, { cwd: root, encoding: 'utf8' }).trim().split('\n');

  it('have each a configuration of TypeScript', async () => {
    const { references } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as Solution;
    const parts = await Promise.all(
      references.map(({ path }) => runTool('tsc', ['--showConfig', '-p', path])),
    );
    const covered = parts.flatMap(({ output }) => (JSON.parse(output) as Part).files);
    expect(known.filter((name) => !covered.includes(`./${name}`))).toEqual([]);
  });

  it('are all read by oxlint', async () => {
    const { output } = await runTool('oxlint', ['--debug=files', '.']);
    const read = output.split('\n').map((name) => name.replace(/^\.\//, ''));
    expect(known.filter((name) => !read.includes(name))).toEqual([]);
  });
});
