import { textExamples } from './text-examples.js';

const server = { serverId: 'account:abc' };
const inRoot = { ...server, folder: '/' };
const long = (length: number): string => 'a'.repeat(length);
const badPaths = ['', 'world', '/world/', '//', '/../etc', '/./a', '/a\0b', '/ a', `/${long(256)}`];
const inBadFolders = (more: object) => badPaths.map((folder) => ({ ...server, folder, ...more }));
const ofOne = (more: object = {}) => ({
  takes: { ...inRoot, name: 'a b.txt', ...more },
  refuses: [inRoot, { ...inRoot, name: long(1001) }, ...inBadFolders({ name: 'x' })],
});
const ofMany = (more: object = {}) => ({
  takes: { ...inRoot, names: ['world', 'a b.txt'], ...more },
  refuses: [inRoot, { ...inRoot, ...more, names: [] }, ...inBadFolders({ names: ['x'], ...more })],
});

/** Inputs that the calls about files, texts and their revisions take and refuse. */
export const fileExamples = {
  ...textExamples,
  'crashReport.open': { takes: server, refuses: [undefined, {}, { serverId: long(301) }] },
  'files.refresh': {
    takes: { ...server, path: '/world/region' },
    refuses: [server, ...badPaths.map((path) => ({ ...server, path }))],
  },
  'files.createFolder': ofOne(),
  'files.create': ofOne({ replace: true }),
  'files.move': {
    takes: { ...inRoot, moves: [{ from: 'a', to: '/world/b' }], replace: true },
    refuses: [
      inRoot,
      { ...inRoot, moves: [] },
      { ...inRoot, moves: [{ from: 'a' }] },
      ...inBadFolders({ moves: [{ from: 'a', to: '/b' }] }),
    ],
  },
  'files.copy': {
    takes: { ...server, path: '/a.txt' },
    refuses: [server, ...badPaths.map((path) => ({ ...server, path }))],
  },
  'sharing.readFile': {
    takes: { ...server, path: '/logs/latest.log' },
    refuses: [server, ...badPaths.map((path) => ({ ...server, path }))],
  },
  'files.copyTo': {
    takes: { ...inRoot, names: ['a b.txt'], to: '/world', replace: true },
    refuses: [
      { ...inRoot, names: ['a'] },
      { ...inRoot, names: [], to: '/world' },
      { ...inRoot, names: Array.from({ length: 51 }, () => 'a'), to: '/world' },
      ...badPaths.map((to) => ({ ...inRoot, names: ['a'], to })),
    ],
  },
  'files.delete': ofMany(),
  'files.chmod': {
    ...ofMany({ mode: '0644' }),
    refuses: [...ofMany({ mode: '644' }).refuses, { ...inRoot, names: ['x'], mode: '999' }],
  },
  'files.pack': ofMany(),
  'files.unpack': ofOne({ replace: false }),
  'files.pull': {
    takes: { ...inRoot, url: 'https://example.com/a.jar', name: null },
    refuses: [
      inRoot,
      { ...inRoot, url: long(2001), name: null },
      { ...inRoot, url: 'https://example.com/a.jar' },
      ...inBadFolders({ url: 'https://example.com/a.jar', name: null }),
    ],
  },
  'files.download': {
    takes: { ...server, paths: ['/world/level.dat'] },
    refuses: [
      { ...server, paths: [] },
      { ...server, paths: Array.from({ length: 51 }, () => '/a') },
      ...badPaths.map((path) => ({ ...server, paths: [path] })),
    ],
  },
  'files.upload': {
    takes: { ...inRoot, sources: ['/home/olive/a.jar'], what: 'files' },
    refuses: [
      inRoot,
      { ...inRoot, sources: [], what: 'files' },
      { ...inRoot, sources: null, what: 'links' },
      ...inBadFolders({ sources: null, what: 'folder' }),
    ],
  },
  'revisions.text': {
    takes: { ...server, path: '/server.properties', id: '1' },
    refuses: [
      server,
      { ...server, path: '/server.properties', id: '' },
      ...badPaths.map((path) => ({ ...server, path, id: '1' })),
    ],
  },
  'changes.sinceGoodStart': { takes: server, refuses: [undefined, {}, { serverId: '' }] },
};
