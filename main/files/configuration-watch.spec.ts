import { expect, it } from 'vitest';
import type { ServerFile } from '../../bridge/schema/files.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { FakeRevisions } from '../../tests/support/fake-revisions.js';
import {
  aFleet,
  aPanelServer,
  aVariable,
  FakePanel,
  someResources,
} from '../../tests/support/fleet-fakes.js';
import { PerchError } from '../../bridge/errors.js';
import type { WatchedChoices } from '../../bridge/files/watched-list.js';
import { ConfigurationWatch } from './configuration-watch.js';
import { StartChangesReads } from './start-changes.js';

const minute = 60_000;
const hour = 60 * minute;
const serverId = 'home/u0';

/** Folder -> name -> text. A server's files, as the panel shows them. */
type Files = Record<string, Record<string, string>>;

async function rig(files: Files, server = aPanelServer('u0', { game: 'minecraft', permissions: ['*'] })) {
  const panel = new FakePanel();
  const times = new Map<string, number>();
  const listed = (folder: string): ServerFile[] => {
    const facts = { mode: '644', mime: 'text/plain', createdAt: 0 };
    const entries = Object.entries(files[folder] ?? {}).map(([name, text]): ServerFile => {
      const modifiedAt = times.get(`${folder}/${name}`) ?? 0;
      return { ...facts, name, kind: 'file', bytes: text.length, modifiedAt };
    });
    const folders = folder !== '/' ? [] : Object.keys(files).filter((name) => name !== '/');
    return [
      ...entries,
      ...folders.map((name): ServerFile => ({
        ...facts,
        name: name.split('/')[1] ?? '',
        kind: 'folder',
        bytes: 0,
        modifiedAt: 0,
      })),
    ];
  };
  panel.files = async (_identifier, folder) => {
    panel.asked.push(`files ${folder}`);
    if (files[folder] === undefined) throw new PerchError(aProblem('conflict'));
    return listed(folder);
  };
  panel.fileContents = async (_identifier, path) => {
    panel.asked.push(`fileContents ${path}`);
    const at = path.lastIndexOf('/');
    return Buffer.from(files[path.slice(0, at) || '/']?.[path.slice(at + 1)] ?? '');
  };
  panel.list = [server];
  panel.startupOfAll = { ...panel.startupOfAll, variables: [aVariable('JAR', 'server.jar')] };
  const fleet = aFleet(panel);
  const { clock } = fleet;
  const log = new FakeLog();
  const archive = new FakeRevisions();
  const isOn = { value: true };
  const chosen: { value: WatchedChoices } = { value: {} };
  const aWatch = () =>
    new ConfigurationWatch({ ...fleet, log, archive, isOn: () => isOn.value, choices: () => chosen.value });
  const watch = aWatch();
  const changes = new StartChangesReads({ ...fleet, archive, watch });
  watch.start();
  await fleet.live();
  const session = fleet.session('u0');
  /** The process runs since then, as its node says. */
  const runs = (uptimeMs: number): void => {
    session.tell({ kind: 'power', power: 'running' });
    session.tell({ kind: 'usage', usage: { ...someResources({}, uptimeMs).usage, at: clock.now() } });
  };
  const compared = async () => {
    const read = changes.read(serverId);
    await clock.advance(30_000);
    return read;
  };
  const good = async () => archive.goodStart(serverId);
  const reads = (what: string): number => panel.asked.filter((call) => call.startsWith(what)).length;
  return {
    ...fleet,
    files,
    times,
    panel,
    archive,
    watch,
    aWatch,
    changes,
    compared,
    runs,
    good,
    reads,
    isOn,
    chosen,
    log,
  };
}

const paper = (): Files => ({
  '/': { 'server.properties': '#Sat Nov 29\nmotd=Hello', 'server.jar': 'jar' },
  '/plugins': { 'X-2.0.jar': 'two', 'Y.jar': 'y' },
});

it('reads the state of a server once it has run for ten minutes, and not again', async () => {
  const { clock, runs, good, reads } = await rig(paper());
  runs(5 * minute);
  await clock.advance(2 * minute);
  expect(await good()).toBeNull();
  runs(11 * minute);
  await clock.advance(3 * minute);
  expect(await good()).toMatchObject({
    image: 'image',
    variables: { JAR: expect.stringMatching(/^[\da-f]{32}$/) as unknown },
    folders: ['/', '/config', '/plugins', '/mods'],
  });
  const before = reads('files ');
  runs(14 * minute);
  await clock.advance(20 * minute);
  expect(reads('files ')).toBe(before);
});

it('a crash after an upgrade names the plugin that replaced the other', async () => {
  const { clock, runs, compared, files } = await rig(paper());
  runs(11 * minute);
  await clock.advance(3 * minute);
  files['/plugins'] = { 'X-2.1.jar': 'two one', 'Y.jar': 'y' };
  expect(await compared()).toMatchObject({
    files: [{ path: '/plugins/X-2.1.jar', formerPath: '/plugins/X-2.0.jar', texts: null }],
    variables: [],
    command: null,
    image: null,
  });
});

it('a startup variable and the start command bring both values, a secret only its name', async () => {
  const { clock, runs, compared, panel, good } = await rig(paper());
  const secret = aVariable('RCON_PASS', 'hunter2');
  panel.startupOfAll = {
    ...panel.startupOfAll,
    variables: [aVariable('JAR', 'old.jar'), secret],
    template: 'java -jar {{JAR}}',
  };
  runs(11 * minute);
  await clock.advance(3 * minute);
  expect(JSON.stringify(await good())).not.toContain('hunter2');
  panel.startupOfAll = {
    ...panel.startupOfAll,
    variables: [aVariable('JAR', 'new.jar'), { ...secret, serverValue: 'hunter3' }],
    template: 'java -Xmx1G -jar {{JAR}}',
  };
  expect(await compared()).toMatchObject({
    variables: [
      { name: 'JAR', values: { was: 'old.jar', is: 'new.jar' } },
      { name: 'RCON_PASS', values: null },
    ],
    command: { values: { was: 'java -jar {{JAR}}', is: 'java -Xmx1G -jar {{JAR}}' } },
  });
});

it('reads a file that the user adds within a minute, and none that the user takes away', async () => {
  const { clock, runs, chosen, reads, archive, files, compared } = await rig({
    ...paper(),
    '/plugins/X': { 'config.yml': 'a: 1' },
  });
  runs(11 * minute);
  await clock.advance(3 * minute);
  expect(reads('fileContents /plugins/X/config.yml')).toBe(0);
  chosen.value = { [serverId]: { added: ['/plugins/X/config.yml'], taken: ['/server.properties'] } };
  await clock.advance(2 * minute);
  expect(archive.kept.filter(({ path }) => path === '/plugins/X/config.yml')).toMatchObject([
    { text: 'a: 1' },
  ]);
  const before = reads('fileContents');
  files['/'] = { ...files['/'], 'server.properties': 'motd=Bye' };
  await clock.advance(20 * minute);
  // Only the added file is news, which is no change of the server.
  expect(await compared()).toMatchObject({ files: [] });
  expect(reads('fileContents /server.properties')).toBe(1);
  expect(reads('fileContents')).toBe(before + 1);
});

it('a changed text brings both revisions, and a new date in a comment is no change', async () => {
  const { clock, runs, compared, files, times, archive } = await rig(paper());
  runs(11 * minute);
  await clock.advance(3 * minute);
  files['/'] = { ...files['/'], 'server.properties': '#Sun Nov 30\nmotd=Hello' };
  times.set('//server.properties', 5);
  expect(await compared()).toMatchObject({ files: [] });
  await clock.advance(minute);
  files['/'] = { ...files['/'], 'server.properties': 'motd=Bye' };
  const [file] = (await compared()).files;
  expect([archive.textOf(file?.texts?.was), archive.textOf(file?.texts?.is)]).toEqual([
    '#Sat Nov 29\nmotd=Hello',
    'motd=Bye',
  ]);
});

it('a text that is too large now is changed, and not gone', async () => {
  const { clock, runs, compared, files } = await rig(paper());
  runs(11 * minute);
  await clock.advance(3 * minute);
  files['/'] = { ...files['/'], 'server.properties': 'motd=Hello\n'.repeat(30_000) };
  expect((await compared()).files).toMatchObject([
    { path: '/server.properties', is: { bytes: 330_000 }, texts: null },
  ]);
});

it('a server without a good start has nothing to compare, and costs no call', async () => {
  const { changes, panel } = await rig(paper());
  const before = panel.asked.length;
  expect(await changes.read(serverId)).toEqual({
    since: null,
    files: [],
    variables: [],
    command: null,
    image: null,
  });
  expect(panel.asked).toHaveLength(before);
});

it('reads once a day, and a text only if its size or time is another one', async () => {
  const { clock, reads, files, runs } = await rig(paper());
  runs(11 * minute);
  await clock.advance(3 * minute);
  expect([reads('files /'), reads('fileContents')]).toEqual([2, 1]);
  await clock.advance(25 * hour);
  expect([reads('files /'), reads('fileContents')]).toEqual([4, 1]);
  files['/'] = { ...files['/'], 'server.properties': 'motd=Longer text' };
  await clock.advance(25 * hour);
  expect([reads('files /'), reads('fileContents')]).toEqual([6, 2]);
});

it('a server without a good start is read once a day, also after a new start of Perch', async () => {
  const { clock, reads, watch, aWatch } = await rig(paper());
  await clock.advance(10 * minute);
  expect(reads('files /plugins')).toBe(1);
  watch.stop();
  aWatch().start();
  await clock.advance(hour);
  expect(reads('files /plugins')).toBe(1);
  await clock.advance(24 * hour);
  expect(reads('files /plugins')).toBe(2);
});

it('reads no file without both permissions, or while the setting is off', async () => {
  const closed = await rig(paper(), aPanelServer('u0', { permissions: ['file.read'], isOwner: false }));
  await closed.clock.advance(hour);
  expect(closed.reads('files')).toBe(0);
  const off = await rig(paper());
  off.isOn.value = false;
  await off.clock.advance(hour);
  expect(off.reads('files')).toBe(0);
});

it('compares and requests no file once the setting is off or the server is suspended', async () => {
  const { clock, runs, compared, isOn, panel, store } = await rig(paper());
  runs(11 * minute);
  await clock.advance(3 * minute);
  const files = (): number => panel.asked.filter((call) => call.startsWith('files')).length;
  const before = files();
  isOn.value = false;
  expect(await compared()).toMatchObject({ since: null });
  isOn.value = true;
  store.apply([{ kind: 'server-patched', serverId, patch: { condition: 'suspended' } }]);
  expect(await compared()).toMatchObject({ since: null });
  expect(files()).toBe(before);
  store.apply([{ kind: 'server-patched', serverId, patch: { condition: 'normal' } }]);
  expect(await compared()).toMatchObject({ since: expect.any(Number) as unknown });
});

it('asks after a refusal less and less often', async () => {
  const { clock, panel, reads } = await rig(paper());
  panel.files = () => {
    panel.asked.push('files refused');
    return Promise.reject(new PerchError(aProblem('forbidden')));
  };
  await clock.advance(12 * hour);
  expect(reads('files refused')).toBeGreaterThan(2);
  expect(reads('files refused')).toBeLessThan(9);
});

it('windows that ask at the same time share one comparison', async () => {
  const { clock, runs, changes, reads } = await rig(paper());
  runs(11 * minute);
  await clock.advance(3 * minute);
  const before = reads('files /');
  const asked = [changes.read(serverId), changes.read(serverId)];
  await clock.advance(1000);
  await Promise.all(asked);
  expect(reads('files /')).toBe(before + 2);
});

it('a second crash is compared again', async () => {
  const { clock, runs, changes, files, store } = await rig(paper());
  const read = async (crashedAt: number) => {
    store.apply([{ kind: 'server-patched', serverId, patch: { power: 'offline', crashedAt } }]);
    const answer = changes.read(serverId);
    await clock.advance(1000);
    return (await answer).files.map(({ path }) => path);
  };
  runs(11 * minute);
  await clock.advance(3 * minute);
  files['/plugins'] = { 'X-2.0.jar': 'two', 'Y.jar': 'y', 'Z.jar': 'z' };
  expect(await read(1)).toEqual(['/plugins/Z.jar']);
  files['/plugins'] = { 'X-2.0.jar': 'two', 'Y.jar': 'y' };
  expect(await read(2)).toEqual([]);
});

it('a change by Perch itself is compared again', async () => {
  const { clock, runs, changes, reads } = await rig(paper());
  runs(11 * minute);
  await clock.advance(3 * minute);
  const before = reads('files /');
  for (const count of [1, 2]) {
    changes.forget(serverId);
    const answer = changes.read(serverId);
    await clock.advance(1000);
    await answer;
    expect(reads('files /')).toBe(before + 2 * count);
  }
});

it('asks again after a refusal', async () => {
  const { clock, runs, changes, panel } = await rig(paper());
  runs(11 * minute);
  await clock.advance(3 * minute);
  const { files } = panel;
  panel.files = () => Promise.reject(new PerchError(aProblem('rate-limited')));
  const refused = expect(changes.read(serverId)).rejects.toThrow(PerchError);
  await clock.advance(1000);
  await refused;
  panel.files = files;
  const answer = changes.read(serverId);
  await clock.advance(1000);
  expect(await answer).toMatchObject({ since: expect.any(Number) as unknown });
});
