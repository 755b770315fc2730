import { describe, expect, it } from 'vitest';
import { folderOf, isPath, joined, lastPart, nameFault } from './file-paths.js';

describe('a path', () => {
  it.each([
    ['/', 'a', '/a'],
    ['/world', 'level.dat', '/world/level.dat'],
    ['/a b/c', '.x', '/a b/c/.x'],
  ])('of %s and %s is %s, and falls apart again', (folder, name, path) => {
    expect(joined(folder, name)).toBe(path);
    expect([folderOf(path), lastPart(path)]).toEqual([folder, name]);
    expect(isPath(path)).toBe(true);
  });

  it('of the server’s folder has no name and is in itself', () => {
    expect([folderOf('/'), lastPart('/'), isPath('/')]).toEqual(['/', '', true]);
  });

  it.each([
    '',
    'a',
    '/a/',
    '//a',
    '/a//b',
    '/a/../b',
    '/..',
    '/.',
    '/a/ b',
    '/a /b',
    '/a\0b',
    `/${'ä'.repeat(128)}`,
  ])('%j is none', (path) => {
    expect(isPath(path)).toBe(false);
  });
});

describe('a name', () => {
  it.each([
    ['', 'empty'],
    ['.', 'dots'],
    ['..', 'dots'],
    ['a/b', 'slash'],
    ['a\0', 'slash'],
    ['ä'.repeat(127) + 'a', null],
    ['ä'.repeat(128), 'long'],
    [' a', 'space'],
    ['a\n', 'space'],
    ['a\u00a0', 'space'],
    ['\ufeffa', 'space'],
    ['a b', null],
    ['...', null],
    ['C:\\x', null],
    ['\u202egpj.exe', null],
    ['new\nline', null],
    ['nul', null],
  ])('%j has the fault %s', (name, fault) => {
    expect(nameFault(name)).toBe(fault);
  });
});
