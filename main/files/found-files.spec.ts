import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { FoundPart } from '../../bridge/schema/files.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeFilesPanel } from '../../tests/support/fake-files-panel.js';
import { FileSearch, searchLimits } from './file-search.js';
import { foundFilesSource, pathMatcher } from './found-files.js';

const folder = { kind: 'folder' } as const;

function setUp(panel: FakeFilesPanel) {
  const clock = new FakeClock();
  const parts: FoundPart[] = [];
  const source = foundFilesSource({ clock, panelOf: () => panel });
  const take = (part: FoundPart) => void parts.push(part);
  const search = (query: string, from = '/') =>
    source(
      { serverId: 'home/1', folder: from, query },
      { snapshot: take, change: take },
      { webContentsId: 1 },
    );
  const found = () => parts.flatMap(({ files }) => files.map(({ path }) => path));
  const ended = async () => {
    while (parts.at(-1)?.end !== true) await clock.advance(0);
  };
  return { clock, parts, search, found, ended };
}

function server(): FakeFilesPanel {
  return new FakeFilesPanel(
    ['/plugins', folder],
    ['/world', folder],
    ['/world/region', folder],
    ['/link', { kind: 'link' }],
    '/Server.properties',
    '/plugins/server-tools.jar',
    '/world/region/server.dat',
    '/link/server.txt',
  );
}

describe('a search by name', () => {
  it('reads every folder once, the nearest first, and follows no link', async () => {
    const panel = server();
    const { clock, parts, search, found } = setUp(panel);
    search('server');
    expect(parts).toEqual([{ files: [], folders: 0, unread: 0, end: false, cut: null, problem: null }]);
    await clock.advance(0);
    expect(panel.asked).toEqual(['list /', 'list /plugins', 'list /world', 'list /world/region']);
    expect(found()).toEqual(['/Server.properties', '/plugins/server-tools.jar', '/world/region/server.dat']);
    expect(parts.at(-1)).toEqual({ files: [], folders: 4, unread: 0, end: true, cut: null, problem: null });
  });

  it('begins at a folder', async () => {
    const { clock, search, found } = setUp(server());
    search('server', '/world');
    await clock.advance(0);
    expect(found()).toEqual(['/world/region/server.dat']);
  });

  it('leaves the rest of the panel’s calls to the user, and continues later', async () => {
    const panel = server();
    const { clock, parts, search } = setUp(panel);
    panel.rests = clock.now() + 30_000;
    search('server');
    await clock.advance(29_999);
    expect(panel.asked).toEqual([]);
    panel.rests = null;
    await clock.advance(1);
    expect(parts.at(-1)?.end).toBe(true);
  });

  it('waits out a rate limit and reads the same folder again', async () => {
    const panel = server();
    const { clock, parts, search } = setUp(panel);
    panel.problems.set('list', aProblem('rate-limited', { retryAt: clock.now() + 5000 }));
    search('server');
    await clock.advance(4999);
    expect(panel.asked).toEqual(['list /']);
    await clock.advance(1);
    expect(parts.at(-1)).toMatchObject({ folders: 4, end: true, problem: null });
  });

  it('leaves no listener behind after a rest', async () => {
    const panel = server();
    const clock = new FakeClock();
    const { signal } = new AbortController();
    panel.rests = clock.now() + 1000;
    const search = new FileSearch({ clock, panel, matches: () => false, signal, send: () => undefined });
    const done = search.run('/');
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    panel.rests = null;
    await clock.advance(1000);
    await done;
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('leaves out a folder that the node can’t read, and counts it', async () => {
    const panel = server();
    const { clock, parts, search } = setUp(panel);
    const { list } = FakeFilesPanel.prototype;
    panel.list = (path) => {
      if (path === '/plugins') panel.problems.set('list', aProblem('conflict'));
      return list.call(panel, path);
    };
    search('server');
    await clock.advance(0);
    expect(parts.at(-1)).toMatchObject({ folders: 3, unread: 1, end: true, problem: null });
  });

  it.each([
    ['the first folder', aProblem('conflict'), 0],
    ['a closed server', aProblem('conflict', { condition: 'suspended' }), 2],
    ['a silent node', aProblem('node-unreachable'), 2],
  ])('ends with a problem: %s', async (_what, problem, after) => {
    const panel = server();
    const { clock, parts, search } = setUp(panel);
    const { list } = FakeFilesPanel.prototype;
    panel.list = (path) => {
      if (panel.asked.length === after) panel.problems.set('list', problem);
      return list.call(panel, path);
    };
    search('server');
    await clock.advance(0);
    expect(parts.at(-1)).toMatchObject({ folders: after, end: true, problem });
  });

  it('stops once nobody looks, also while it rests', async () => {
    const panel = server();
    const { clock, parts, search } = setUp(panel);
    const stop = search('server');
    panel.rests = clock.now() + 60_000;
    await clock.advance(0);
    stop();
    panel.rests = null;
    const { length } = parts;
    await clock.advance(60_000);
    expect(panel.asked.length).toBeLessThanOrEqual(1);
    expect([parts.length, clock.pending]).toEqual([length, 0]);
  });
});

describe('the limit of', () => {
  it('depth ends a chain of folders', async () => {
    const panel = new FakeFilesPanel();
    let path = '';
    for (let depth = 0; depth < 40; depth++) panel.put((path += '/d'), folder);
    const { parts, search, ended } = setUp(panel);
    search('none');
    await ended();
    expect(parts.at(-1)).toMatchObject({ folders: searchLimits.depth + 1, end: true, cut: 'depth' });
  });

  it('folders ends a search through very many', async () => {
    const panel = new FakeFilesPanel();
    panel.list = async (at) => {
      const of = new FakeFilesPanel(['/a', folder], ['/b', folder], ['/c', folder]);
      return at.length > 60 ? [] : [...of.files.values()];
    };
    const { parts, search, ended } = setUp(panel);
    search('none');
    await ended();
    expect(parts.at(-1)).toMatchObject({ folders: searchLimits.folders, end: true, cut: 'folders' });
  });

  it('files ends a search that finds too much', async () => {
    const panel = new FakeFilesPanel();
    for (let at = 0; at < 3000; at++) panel.put(`/f${at}`);
    const { parts, search, found, ended } = setUp(panel);
    search('f');
    await ended();
    expect(found()).toHaveLength(searchLimits.files);
    expect(parts.at(-1)).toMatchObject({ end: true, cut: 'files' });
  });
});

it.each([
  ['prop', '/Server.Properties', true],
  ['SERVER prop', '/server.properties', true],
  ['server yml', '/server.properties', false],
  ['world', '/world/level.dat', false],
  ['world/', '/world/level.dat', true],
  ['d/lev dat', '/world/level.dat', true],
  ['u\u0308ber', '/\u00fcber.txt', true],
  ['.*', '/a.b', false],
  ['*.jar', '/plugins/Vault.JAR', true],
  ['*.jar', '/plugins/vault.jar.old', false],
  ['lat*', '/logs/latest.log', true],
  ['test*', '/logs/latest.log', false],
  ['l*t*.log', '/logs/latest.log', true],
  ['aa*aa', '/aaa', false],
  ['*a*a*', '/banana', true],
  ['plugins/*.yml', '/home/plugins/essentials/config.yml', true],
  ['/plugins/*.yml', '/home/plugins/config.yml', false],
  ['*.yml conf', '/plugins/config.yml', true],
  ['**', '/anything', true],
])('%j and %s: %s', (query, path, isFound) => {
  expect(pathMatcher(query)(path)).toBe(isFound);
});
