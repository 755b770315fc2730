import type { Plugin } from 'vitest/config';

/**
 * State of a module that lives as long as the process: `const kept = new KeptRuleSets();`. A `BlockList` is filled while
 * the module is loaded, and does not change later.
 */
const memory = /^const (\w+) = (new (?!BlockList\b)\w+(?:<[^;()]*>)?\(\));$/gm;

/**
 * Lets the runner renew the state of modules between two runs of a test. Otherwise a cached answer of an earlier run
 * hides a change.
 */
export function renewedMemory(): Plugin {
  return {
    name: 'renewed-memory',
    enforce: 'pre',
    transform: (code, id) =>
      /(?<!\.spec|\.d)\.ts$/.test(id) && !id.includes('/node_modules/')
        ? {
            code: code.replace(memory, 'let $1 = $2; (globalThis.renewals ??= []).push(() => { $1 = $2; });'),
          }
        : undefined,
  };
}
