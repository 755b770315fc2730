import { describe, expect, it } from 'vitest';
import { importedPackages, packagesIn } from './imports.mjs';

describe('which packages a source imports', () => {
  it.each([
    ["import { z } from 'zod';", ['zod']],
    ["import {\n  one,\n  two,\n} from 'jose';", ['jose']],
    ["import 'uplot/dist/uPlot.min.css';", ['uplot']],
    ["@import '@xterm/xterm/css/xterm.css';", ['@xterm/xterm']],
    ["const { Terminal } = await import('@xterm/xterm');", ['@xterm/xterm']],
    ["export * from 'ws';", ['ws']],
    ["import { mount } from 'svelte'; import { fly } from 'svelte/transition';", ['svelte', 'svelte']],
    ["import fs from 'node:fs'; import path from 'path'; import { app } from 'electron';", []],
    ["const type = Buffer.from('ssh-rsa');", []],
    ["import { a } from './a.js'; import { b } from '../b.js';", []],
  ])('reads %s', (source, names) => {
    expect(packagesIn(source)).toEqual(names);
  });

  it('finds the imports of all modules, without those of tests', () => {
    const names = importedPackages();
    // Examples from main, a window, a style sheet and the sandbox.
    expect(names).toEqual(expect.arrayContaining(['undici', 'svelte', '@xterm/xterm', 'uplot', 'fastify']));
    expect(names).not.toContain('vitest');
  });
});
