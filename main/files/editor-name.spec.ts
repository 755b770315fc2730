import { expect, it } from 'vitest';
import { editorName, opensAsData } from './editor-name.js';

const text = { isGiven: false, isText: true };

it.each([
  ['/server.properties', 'server.properties'],
  ['/config/paper.YML', 'paper.YML'],
  ['/world/level.dat', 'level.dat'],
])('keeps the ending of data, from which a program knows the language: %s', (path, name) => {
  expect(editorName(path, text)).toBe(name);
});

it.each([
  'start.sh',
  'a.exe',
  'a.bat',
  'a.cmd',
  'a.jar',
  'a.desktop',
  'a.js',
  'a.py',
  'a.lnk',
  'a.url',
  'a.csv',
])('opens no file that a system may run: %s', (name) => {
  expect(editorName(`/${name}`, text)).toBe(`${name}.txt`);
  expect(editorName(`/${name}`, { isGiven: false, isText: false })).toBeNull();
  expect(opensAsData(name)).toBe(false);
});

it.each([
  ['/a.yml.', 'a.yml'],
  ['/a.exe. ', 'a.exe.txt'],
  ['/evil\u202elmy.exe', 'evillmy.exe.txt'],
  ['/a.exe:b.yml', 'a.exe b.yml'],
  ['/Makefile', 'Makefile.txt'],
  ['/.env', 'env.txt'],
  ['/CON.yml', '_CON.yml'],
  ['/\u0007', 'file.txt'],
  ['/..\\..\\a.yml', 'a.yml'],
])('judges the name that the local copy gets: %j', (path, name) => {
  expect(editorName(path, text)).toBe(name);
});

it('gives the file to a named program under its own name', () => {
  expect(editorName('/start.sh', { isGiven: true, isText: true })).toBe('start.sh');
  expect(editorName('/tool.exe', { isGiven: true, isText: false })).toBe('tool.exe');
});

it('makes no name that is too long', () => {
  const name = editorName(`/${'ä'.repeat(120)}.sh`, text);
  expect(Buffer.byteLength(name ?? '')).toBeLessThanOrEqual(255);
  expect(name).toMatch(/\.txt$/);
});
