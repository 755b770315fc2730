import fc from 'fast-check';
import { expect, it } from 'vitest';
import { watchedFiles } from './watched-files.js';
import {
  mostWatched,
  typedPath,
  watchedOf,
  watchFault,
  withUsual,
  withWatched,
  type WatchedChoices,
} from './watched-list.js';

const server = { id: 'home/u0', game: 'minecraft' } as const;
const usual = watchedFiles('minecraft').texts;
const texts = (choices: WatchedChoices) => watchedOf(server, choices).texts;
const watch = (path: string, isWatched: boolean, choices: WatchedChoices = {}) =>
  withWatched(server, choices, { path, isWatched });

it('begins with the files of the game', () => {
  expect(texts({})).toEqual(usual);
  expect(watchedOf({ id: 'home/u1', game: null }, {})).toEqual(watchedFiles(null));
});

it('adds a file, removes a file of the game, and keeps the folders', () => {
  const choices = watch('/eula.txt', false, watch('/plugins/X/config.yml', true));
  expect(texts(choices)).toEqual([...usual.filter((path) => path !== '/eula.txt'), '/plugins/X/config.yml']);
  expect(watchedOf(server, choices).folders).toEqual(watchedFiles('minecraft').folders);
  expect(texts(withUsual(server.id, choices))).toEqual(usual);
});

it('keeps no choice for a list that is the usual one again', () => {
  expect(watch('/eula.txt', true, watch('/eula.txt', false))).toEqual({});
  expect(watch('/x.yml', false, watch('/x.yml', true))).toEqual({});
});

it('each file is watched as it was switched last, and servers do not share lists', () => {
  const step = fc.record({
    path: fc.constantFrom('/eula.txt', '/ops.json', '/a.yml', '/b/c.yml'),
    isWatched: fc.boolean(),
    id: fc.constantFrom('home/u0', 'home/u1'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let choices: WatchedChoices = {};
      const model = new Map<string, Set<string>>();
      for (const { id, path, isWatched } of steps) {
        choices = withWatched({ ...server, id }, choices, { path, isWatched });
        const known = model.get(id) ?? new Set(usual);
        if (isWatched) known.add(path);
        else known.delete(path);
        model.set(id, known);
      }
      for (const [id, known] of model)
        expect(new Set(watchedOf({ ...server, id }, choices).texts)).toEqual(known);
    }),
  );
});

it('says why a file can’t be added', () => {
  const fault = (path: string, choices: WatchedChoices = {}) =>
    watchFault(path, server, { choices, mostServers: 1 });
  expect(['/', '/a/../b', '/a //b', '/eula.txt', '/x.yml'].map((path) => fault(path))).toEqual([
    'path',
    'path',
    'path',
    'known',
    null,
  ]);
  const many = Array.from({ length: mostWatched - usual.length }, (_, at) => `/${at}.yml`);
  expect(fault('/x.yml', { [server.id]: { added: many, taken: [] } })).toBe('many');
  expect(fault('/x.yml', { 'home/u1': { added: ['/x.yml'], taken: [] } })).toBe('servers');
});

it.each([
  ['server.cfg', '/server.cfg'],
  [' /cfg//server.cfg/ ', '/cfg/server.cfg'],
  ['', '/'],
])('takes %j for %s', (typed, path) => {
  expect(typedPath(typed)).toBe(path);
});
