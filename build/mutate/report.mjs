/* Report of `npm run mutate`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/paths.mjs';

/** @typedef {import('./changed-module.mjs').Mutant} Mutant */
/** @typedef {'noticed' | 'unnoticed' | 'unreached' | 'loaded'} Fate */

/**
 * @param {{ mutant: Mutant, fate: Fate }[]} found
 * @returns {string}
 */
export function report(found) {
  const missed = found.filter(({ fate }) => fate === 'unnoticed' || fate === 'unreached');
  const files = [...new Set(found.map(({ mutant }) => mutant.fileName))].sort();
  const rows = files.map((file) =>
    row(
      file,
      found.filter(({ mutant }) => mutant.fileName === file),
    ),
  );
  return [
    ...missed.map(({ mutant, fate }) => lines(mutant, fate)),
    `${'score'.padStart(8)}${'noticed'.padStart(9)}${'missed'.padStart(8)}${'unreached'.padStart(11)}${'at load'.padStart(9)}`,
    ...rows,
    row('all', found),
  ].join('\n');
}

/**
 * @param {string} name
 * @param {{ fate: Fate }[]} found
 */
function row(name, found) {
  /** @param {Fate} wanted */
  const count = (wanted) => found.filter(({ fate }) => fate === wanted).length;
  const noticed = count('noticed');
  const tried = found.length - count('loaded');
  const score = tried === 0 ? '–' : `${((noticed / tried) * 100).toFixed(1)} %`;
  return [
    score.padStart(8),
    String(noticed).padStart(9),
    String(count('unnoticed')).padStart(8),
    String(count('unreached')).padStart(11),
    String(count('loaded')).padStart(9),
    `  ${name}`,
  ].join('');
}

/**
 * @param {Mutant} mutant
 * @param {Fate} fate
 */
function lines({ fileName, mutatorName, replacement, location: { start, end } }, fate) {
  const text = readFileSync(join(root, fileName), 'utf8').split('\n');
  const first = text[start.line - 1] ?? '';
  const last = text[end.line - 1] ?? '';
  const changed = `${first.slice(0, start.column)}${replacement}${last.slice(end.column)}`;
  const old = start.line === end.line ? first : `${first} …`;
  return `${fileName}:${start.line} ${mutatorName}, ${fate}\n  - ${old.trim()}\n  + ${changed.replace(/\s+/g, ' ').trim()}\n`;
}
