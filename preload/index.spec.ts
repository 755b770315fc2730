import { beforeEach, expect, it, vi } from 'vitest';
import type { DroppedFile, PerchBridge, Request } from '../bridge/schema/wire.js';

const electron = vi.hoisted(() => ({ exposed: new Map<string, unknown>(), asked: [] as unknown[] }));
vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, api: unknown) => electron.exposed.set(name, api),
  },
  ipcRenderer: {
    on: () => undefined,
    invoke: (_channel: string, request: Request) => {
      electron.asked.push(request);
      return Promise.resolve({ ok: true, value: null });
    },
  },
  webFrame: { executeJavaScript: () => Promise.resolve(null) },
  // A file that a page made up has no path.
  webUtils: { getPathForFile: ({ name }: File) => (name.startsWith('made-up') ? '' : `/home/me/${name}`) },
}));

let perch: PerchBridge;
beforeEach(async () => {
  await import('./index.js');
  perch = electron.exposed.get('perch') as PerchBridge;
  electron.asked.length = 0;
});

const place = { serverId: 'home/u0', folder: '/', what: 'files' };

it('a page can’t name paths of this computer in an ordinary call', async () => {
  await perch.call('files.upload', { ...place, sources: ['/home/me/.ssh/id_ed25519'] });
  const input = { ...place, sources: null };
  expect(electron.asked).toEqual([{ kind: 'call', name: 'files.upload', input }]);
});

it('other calls keep their input', async () => {
  await perch.call('files.list', { sources: ['a'] });
  expect(electron.asked).toEqual([{ kind: 'call', name: 'files.list', input: { sources: ['a'] } }]);
});

it('an upload names the paths of the dropped files, and none of files that a page made up', async () => {
  const input = { ...place, sources: ['/etc/passwd'] };
  await perch.upload(input, [{ name: 'a.jar' }, { name: 'made-up.txt' }]);
  const sources = ['/home/me/a.jar'];
  expect(electron.asked).toEqual([{ kind: 'call', name: 'files.upload', input: { ...place, sources } }]);
});

it('an upload runs no method of the page’s list', async () => {
  const path = '/home/me/.ssh/id_ed25519';
  const withMap: unknown = { map: () => ({ filter: () => [path] }), length: 1 };
  await perch.upload(place, withMap as readonly DroppedFile[]);
  const ownMap = Object.assign([{ name: 'a.jar' }], { map: () => [path] });
  await perch.upload(place, ownMap);
  expect(electron.asked.map((asked) => (asked as { input: { sources: string[] } }).input.sources)).toEqual([
    [],
    ['/home/me/a.jar'],
  ]);
});
