import { describe, expect, it } from 'vitest';
import { SystemClipboard, type ElectronClipboard } from './clipboard.js';

const written: string[] = [];
/** Clipboard API up to Electron 43, and from Electron 44 on. */
const old: ElectronClipboard = { readText: () => 'copied', writeText: (text) => void written.push(text) };
const newer: ElectronClipboard = {
  readText: () => Promise.resolve('copied'),
  writeText: async (text) => void written.push(text),
};

describe.each([
  ['at once', old],
  ['by promises', newer],
])('a clipboard that answers %s', (_, clipboard) => {
  it('is read while Perch is in front, and not otherwise', async () => {
    let isInFront = true;
    const system = new SystemClipboard({ clipboard, isInFront: () => isInFront });
    expect(await system.read()).toBe('copied');
    isInFront = false;
    expect(await system.read()).toBe('');
  });

  it('is written', async () => {
    written.length = 0;
    await new SystemClipboard({ clipboard, isInFront: () => false }).write('text');
    expect(written).toEqual(['text']);
  });
});
