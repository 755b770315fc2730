/*
 * Types, and lint rules that need them: promises, exhaustive switches, values of type `any`. oxlint compiles each file
 * once, with TypeScript 7 and the configuration of its part, which tsconfig.json names. The rules are in .oxlintrc.json;
 * all others are ESLint's (eslint.config.js).
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isCommand, runCommand } from '../setup/failure.mjs';
import { root } from '../setup/paths.mjs';
import { runGroups } from '../steps.mjs';
import { runTool } from '../tools.mjs';

/** Folder of the TypeScript files that svelte-check makes from the components. */
const madeFolder = '.svelte-check/svelte';

/** @type {import('../steps.mjs').Step} */
export const typedLintStep = { name: 'types', work: () => lintScripts(root) };

/** @type {import('../steps.mjs').Step} */
export const componentStep = { name: 'types-of-components', work: () => lintComponents(root) };

/**
 * Checks the types of all files but components, and lints them.
 *
 * @param {string} folder a checkout
 */
export async function lintScripts(folder) {
  const { code, output } = await oxlint(folder, ['--type-check', '.']);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output };
}

/**
 * Checks the types of the windows, then lints what svelte-check made of the components. Types of properties and of
 * imported components are known there, as ESLint's parser of components does not know them.
 *
 * @param {string} folder a checkout
 */
export async function lintComponents(folder) {
  rmSync(join(folder, madeFolder), { recursive: true, force: true });
  const checked = await runTool(
    'svelte-check',
    ['--tsgo', '--tsconfig', './tsconfig.renderer.json', '--fail-on-warnings', '--output', 'human'],
    { cwd: folder },
  );
  const components = componentsOf(folder);
  const unmade = components.filter((path) => !existsSync(join(folder, madePath(path))));
  if (unmade.length > 0) {
    const why = `Not read, for a fault of syntax or want of lang="ts": ${unmade.join(', ')}`;
    return { passed: 0, failed: 1, output: `${checked.output}\n${why}` };
  }
  // By name, because .gitignore hides the folder from oxlint.
  const linted = await oxlint(folder, components.map(madePath));
  const failed = [checked, linted].filter(({ code }) => code !== 0).length;
  return { passed: 2 - failed, failed, output: checked.output + inComponents(folder, linted.output) };
}

/** @param {string} folder @param {readonly string[]} paths */
function oxlint(folder, paths) {
  return runTool('oxlint', ['--format=unix', '--deny-warnings', ...paths], { cwd: folder });
}

/** @param {string} folder */
function componentsOf(folder) {
  const names = readdirSync(join(folder, 'renderer'), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.svelte'))
    .map((name) => `renderer/${name.replaceAll('\\', '/')}`);
}

/** @param {string} path of a component */
function madePath(path) {
  return `${madeFolder}/${path.replace(/[^/]+$/, '++$&.ts')}`;
}

/**
 * Names the component and its line instead of the made file. A line of a template looks different there, so the
 * finding quotes the code instead of a line number.
 *
 * @param {string} folder
 * @param {string} output
 */
function inComponents(folder, output) {
  return output
    .split('\n')
    .map((finding) => {
      const [, made, parts, name, line, column, rest] = place.exec(finding) ?? [];
      if (made === undefined) return finding;
      const text = linesOf(join(folder, made))[Number(line) - 1] ?? '';
      const at = linesOf(join(folder, `${parts}${name}`)).findIndex((own) => own.trim() === text.trim());
      const where = at < 0 ? ` at "${text.slice(Number(column) - 1)}"` : `:${at + 1}`;
      return `${parts}${name}${where}: ${rest}`;
    })
    .join('\n');
}

/** A finding: made file, folder and name of the component, line, column, text. */
const place = /^(\.svelte-check\/svelte\/(.*?)\+\+(.*)\.ts):(\d+):(\d+): (.*)$/;

/** @param {string} file */
function linesOf(file) {
  return readFileSync(file, 'utf8').split('\n');
}

if (isCommand(import.meta.url)) {
  await runCommand(() => runGroups([{ steps: [typedLintStep, componentStep], atOnce: 1 }]));
}
