import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

import { root } from '../setup/paths.mjs';

let eslint: ESLint;
beforeAll(() => {
  const ours = new Set(['no-restricted-syntax', 'no-restricted-globals']);
  eslint = new ESLint({ cwd: root, ruleFilter: ({ ruleId }) => ours.has(ruleId) });
});

/** Lines that a rule refuses, as if they stood in that file. */
async function refusedLines(path: string, lines: readonly string[]): Promise<string[]> {
  const [result] = await eslint.lintText(lines.join('\n'), { filePath: join(root, path) });
  return [...new Set((result?.messages ?? []).map(({ line }) => lines[line - 1] ?? ''))];
}

const probes: readonly (readonly [name: string, path: string, refused: string, fine: string])[] = [
  [
    'a spread literal, which hides surplus properties',
    'main/fleet/probe.ts',
    'export const a = (b: object) => ({ ...{ b }, c: 1 });',
    'export const a = (b: object) => ({ ...b, c: 1 });',
  ],
  [
    'a cast of what JSON.parse answers',
    'main/doctor/probe.ts',
    'export const a = (text: string) => JSON.parse(text) as { b: number };',
    'export const a = (text: string) => JSON.parse(text) as unknown;',
  ],
  [
    'a cast over unknown',
    'renderer/state/probe.ts',
    'export const a = (b: number) => b as unknown as string;',
    'export const a = (b: unknown) => b as string;',
  ],
  [
    'a date in the language of the system',
    'renderer/views/probe.ts',
    'export const a = (b: Date) => b.toLocaleTimeString();',
    "export const a = (b: Date) => b.toLocaleTimeString('en');",
  ],
  [
    'a number format in the language of the system',
    'bridge/text/probe.ts',
    'export const a = () => new Intl.NumberFormat();',
    "export const a = () => new Intl.NumberFormat('en');",
  ],
  [
    'an object that works from its import on',
    'main/wings/probe.ts',
    'export const a = new Worker();',
    "export const a = new Set(['b']);",
  ],
  [
    'a way to main past the client of the windows',
    'renderer/views/probe.ts',
    "export const a = () => window.perch.call('power.send', {});",
    'export const a = () => window.close();',
  ],
  [
    'a second channel for calls',
    'main/shell/windows/probe.ts',
    "export const a = (ipcMain: { handle(name: string): void }) => ipcMain.handle('b');",
    "export const a = (ipcMain: { removeHandler(name: string): void }) => ipcMain.removeHandler('b');",
  ],
  [
    'a store of the page',
    'renderer/state/probe.ts',
    "export const a = () => localStorage.getItem('b');",
    'export const a = () => document.title;',
  ],
];

describe('the syntax rules', () => {
  it.each(probes)('refuse %s', async (_name, path, refused, fine) => {
    expect(await refusedLines(path, [refused, fine])).toEqual([refused]);
  });

  it('are disabled nowhere: a comment may allow control characters, and an empty pattern, with its reason', () => {
    const folders = ['bridge', 'build', 'cli', 'main', 'messages', 'preload', 'renderer', 'sandbox', 'tests'];
    const disabled = folders
      .flatMap((folder) =>
        readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
          .filter((name) => /\.(ts|svelte|mjs)$/.test(name))
          .map((name) => join(root, folder, name)),
      )
      .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
      .filter((line) => /(?:\/\/|\/\*|<!--)\s*(?:eslint|oxlint)-disable/.test(line))
      .filter((line) => !/eslint-disable-next-line (?:no-control-regex|no-empty-pattern) -- \S/.test(line));
    expect(disabled).toEqual([]);
  });
});
