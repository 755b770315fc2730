import type { Plugin } from 'vitest/config';

/** `const kept = new KeptRuleSets();` of a module itself, which lives as long as the process. */
const memory = /^const (\w+) = (new \w+(?:<[^;()]*>)?\(\));$/gm;

/**
 * Lets the runner empty what a module remembers between two runs of a test. Otherwise a change hides: the answer that it
 * would spoil has been kept from the run before.
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
