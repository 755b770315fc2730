import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ServerState, WatchedFile } from '../../bridge/schema/server-states.js';
import { stateChanges } from './state-changes.js';

const jar = (path: string, bytes = 1, modifiedAt = 1): WatchedFile => ({
  path,
  bytes,
  modifiedAt,
  version: null,
  meaning: null,
});
const text = (path: string, meaning: string, modifiedAt = 1): WatchedFile => ({
  path,
  bytes: meaning.length,
  modifiedAt,
  version: `${meaning}${modifiedAt}`,
  meaning,
});
const state = (files: readonly WatchedFile[], other: Partial<ServerState> = {}): ServerState => ({
  startedAt: 0,
  readAt: 0,
  image: 'java:17',
  variables: {},
  values: {},
  command: null,
  folders: ['/', '/plugins', '/mods'],
  texts: null,
  files: [...files],
  ...other,
});
const paths = (was: ServerState, is: ServerState) =>
  stateChanges(was, is).files.map((file) => [file.was?.path ?? null, file.is?.path ?? null]);

it('a state does not differ from itself', () => {
  const one = state([jar('/plugins/X-2.0.jar'), text('/server.properties', 'motd')]);
  expect(stateChanges(one, one)).toEqual({ files: [], variables: [], command: null, image: null });
});

it('a plugin with another version in its name was replaced', () => {
  const was = [jar('/plugins/X-2.0.jar'), jar('/plugins/Y.jar'), jar('/mods/gone-1.jar')];
  const is = [jar('/plugins/X-2.1.jar', 9), jar('/plugins/Y.jar'), jar('/mods/new-1.jar')];
  expect(paths(state(was), state(is))).toEqual([
    ['/mods/gone-1.jar', null],
    [null, '/mods/new-1.jar'],
    ['/plugins/X-2.0.jar', '/plugins/X-2.1.jar'],
  ]);
});

it.each([
  ['EssentialsX-2.20.1.jar', 'EssentialsX-2.21.0-SNAPSHOT.jar', true],
  ['worldedit-bukkit-7.2.15.jar', 'worldedit-bukkit-7.3.0.jar', true],
  ['create-1.20.1-0.5.1.f.jar', 'create-1.20.1-0.5.1.j.jar', true],
  ['sodium_v0.5.jar', 'sodium_v0.6.jar', true],
  ['Vault.jar', 'VaultUnlocked.jar', false],
  ['X-2.0.jar', 'X-2.0.jar.disabled', false],
  ['X-2.0.jar', 'Xtra-2.0.jar', false],
])('%s and %s are the same plugin: %s', (before, after, isSame) => {
  const changed = paths(state([jar(`/plugins/${before}`)]), state([jar(`/plugins/${after}`)]));
  expect(changed).toHaveLength(isSame ? 1 : 2);
});

it('two files that could be the new one are reported as files without a pair', () => {
  const is = [jar('/plugins/X-2.1.jar'), jar('/plugins/X-2.2.jar')];
  expect(paths(state([jar('/plugins/X-2.0.jar')]), state(is))).toEqual([
    ['/plugins/X-2.0.jar', null],
    [null, '/plugins/X-2.1.jar'],
    [null, '/plugins/X-2.2.jar'],
  ]);
});

it('a text differs by its content, any other file by size and time', () => {
  const was = [text('/server.properties', 'motd=a'), text('/bukkit.yml', 'a', 1), jar('/plugins/X.jar')];
  const is = [text('/server.properties', 'motd=b'), text('/bukkit.yml', 'a', 2), jar('/plugins/X.jar', 1, 5)];
  expect(paths(state(was), state(is))).toEqual([
    ['/plugins/X.jar', '/plugins/X.jar'],
    ['/server.properties', '/server.properties'],
  ]);
});

it('a folder that one of both states could not list yields no change', () => {
  const was = state([jar('/plugins/X.jar'), text('/server.properties', 'a')]);
  expect(paths(was, state([text('/server.properties', 'a')], { folders: ['/'] }))).toEqual([]);
});

it('a text that is watched since then, or no more, is no change', () => {
  const [all, one] = [[text('/a.yml', 'a'), text('/b.yml', 'b')], [text('/a.yml', 'a')]];
  const [both, alone] = [{ texts: ['/a.yml', '/b.yml'] }, { texts: ['/a.yml'] }];
  expect(paths(state(one, alone), state(all, both))).toEqual([]);
  expect(paths(state(all, both), state(one, alone))).toEqual([]);
  expect(paths(state(one, both), state(all, both))).toEqual([[null, '/b.yml']]);
  expect(paths(state(all, both), state(one, both))).toEqual([['/b.yml', null]]);
});

it('names variables with another value, and the image', () => {
  const was = state([], { variables: { JAR: '1', MOTD: '2', OLD: '3' }, values: { JAR: 'a.jar', OLD: 'x' } });
  const is = state([], {
    image: 'java:21',
    variables: { JAR: '9', MOTD: '2', NEW: '4' },
    values: { JAR: 'b.jar', NEW: '' },
  });
  expect(stateChanges(was, is)).toMatchObject({
    variables: [
      { name: 'JAR', values: { was: 'a.jar', is: 'b.jar' } },
      { name: 'NEW', values: { was: null, is: '' } },
      { name: 'OLD', values: { was: 'x', is: null } },
    ],
    image: { was: 'java:17', is: 'java:21' },
  });
  expect(stateChanges({ ...was, variables: null }, is).variables).toEqual([]);
});

it('names a variable without its values if one value is hidden', () => {
  const was = state([], { variables: { KEY: '1', ARGS: '1' }, values: { ARGS: '-x' } });
  const is = state([], { variables: { KEY: '2', ARGS: '2' } });
  expect(stateChanges(was, is).variables).toEqual([
    { name: 'ARGS', values: null },
    { name: 'KEY', values: null },
  ]);
});

it('takes no property of all objects for a variable', () => {
  const is = state([], { variables: { constructor: '1' }, values: { constructor: 'x' } });
  expect(stateChanges(state([]), is).variables).toEqual([
    { name: 'constructor', values: { was: null, is: 'x' } },
  ]);
});

it('names another start command, if both were read', () => {
  const command = (hash: string, text: string | null) => ({ command: { hash, text } });
  const was = state([], command('1', './run'));
  expect(stateChanges(was, state([], command('1', './run'))).command).toBeNull();
  expect(stateChanges(was, state([])).command).toBeNull();
  expect(stateChanges(was, state([], command('2', './go'))).command).toEqual({
    values: { was: './run', is: './go' },
  });
  expect(stateChanges(was, state([], command('2', null))).command).toEqual({ values: null });
});

it('every difference of two folders is named exactly once', () => {
  const names = fc.uniqueArray(
    fc.constantFrom('a-1.jar', 'a-2.jar', 'b-1.jar', 'b-2.jar', 'c.jar', 'd3.jar', 'd4.jar'),
  );
  fc.assert(
    fc.property(names, names, (before, after) => {
      const changed = paths(
        state(before.map((name) => jar(`/plugins/${name}`))),
        state(after.map((name) => jar(`/plugins/${name}`))),
      );
      const gone = before.filter((name) => !after.includes(name)).map((name) => `/plugins/${name}`);
      const added = after.filter((name) => !before.includes(name)).map((name) => `/plugins/${name}`);
      expect(changed.flatMap(([was]) => was ?? []).sort()).toEqual(gone.sort());
      expect(changed.flatMap(([, is]) => is ?? []).sort()).toEqual(added.sort());
    }),
  );
});
