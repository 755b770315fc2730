import { describe, expect, it } from 'vitest';
import type { Server } from '../../../bridge/schema/domain.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import {
  aFleet,
  aPanelServer,
  aVariable,
  FakeHistories,
  FakePanel,
} from '../../../tests/support/fleet-fakes.js';
import { renameServer } from './rename-server.js';
import { serverCalls } from './calls.js';
import { createStartups } from './startup.js';
import { saying } from '../../../tests/support/spoken-problem.js';

const id = 'home/u0';

async function rig(fields: Partial<Server> = {}) {
  const panel = new FakePanel();
  panel.list = [aPanelServer('u0', { name: 'Survival' })];
  const fleet = aFleet(panel);
  await fleet.live('offline');
  const server = fleet.store.state.servers.get(id);
  if (server === undefined) throw new Error('There is no server.');
  fleet.store.apply([{ kind: 'server-upserted', server: { ...server, ...fields } }]);
  const startups: string[] = [];
  const startupSet = (serverId: string): void => void startups.push(serverId);
  const deps = { store: fleet.store, fleet: fleet.fleet, histories: new FakeHistories(), startupSet };
  panel.asked.length = 0;
  return { ...fleet, panel, deps, startups, verbs: serverCalls(deps) };
}

const naming = (description: Server['naming']['description']) => ({
  naming: { nameMax: 255, descriptionMax: null, description },
});

describe('renameServer', () => {
  it.each<[string, Partial<Server>, { name?: string; description?: string }, string[]]>([
    [
      'both in one call',
      {},
      { name: 'New', description: 'Quiet' },
      ['rename u0 {"name":"New","description":"Quiet"}'],
    ],
    ['a name alone', {}, { name: 'New' }, ['rename u0 {"name":"New"}']],
    [
      'a description alone, which needs the name',
      {},
      { description: '' },
      ['server u0', 'rename u0 {"name":"Survival","description":""}'],
    ],
    [
      'both apart where the panel wants that',
      naming('apart'),
      { name: 'New', description: 'Quiet' },
      ['rename u0 {"name":"New"}', 'describe u0 Quiet'],
    ],
    ['a description apart', naming('apart'), { description: 'Quiet' }, ['describe u0 Quiet']],
  ])('sends %s, and reads the server again', async (_what, fields, names, calls) => {
    const { panel, deps } = await rig(fields);
    await renameServer(deps, { serverId: id, ...names });
    expect(panel.asked).toEqual([...calls, 'server u0']);
  });

  it.each([
    ['that somebody has given it meanwhile', { name: 'Renamed' }, 'Renamed'],
    ['as the panel has it, not as it is shown', { name: 'Two lines', rawName: 'Two\nlines' }, 'Two\nlines'],
    ['that is none', { name: 'u0', rawName: '' }, ''],
  ])('sends with a description the name %s', async (_what, fields, name) => {
    const { panel, deps } = await rig();
    panel.list = [aPanelServer('u0', fields)];
    await renameServer(deps, { serverId: id, description: 'Quiet' });
    expect(panel.asked).toContain(`rename u0 ${JSON.stringify({ name, description: 'Quiet' })}`);
  });

  it('changes nothing if the name cannot be read', async () => {
    const { panel, deps } = await rig();
    panel.problems.set('server', aProblem('timeout'));
    await expect(renameServer(deps, { serverId: id, description: 'Quiet' })).rejects.toMatchObject({
      problem: { code: 'timeout' },
    });
    expect(panel.count('rename')).toBe(0);
  });

  it('sends nothing if the panel would refuse the name or the description', async () => {
    const { panel, deps } = await rig({ ...naming('apart'), permissions: ['settings.rename'] });
    await expect(
      renameServer(deps, { serverId: id, name: 'New', description: 'Quiet' }),
    ).rejects.toMatchObject({
      problem: { code: 'forbidden', permission: 'settings.description' },
    });
    expect(panel.asked).toEqual([]);
  });

  it('sends no description if the host has locked it, in the words for the panel’s refusal', async () => {
    const { panel, deps } = await rig(naming('locked'));
    await expect(renameServer(deps, { serverId: id, description: 'x' })).rejects.toMatchObject({
      problem: {
        code: 'forbidden',
        message: { id: 'panel.switched-off', values: { what: { id: 'panel.what.describe' } } },
      },
    });
    expect(panel.asked).toEqual([]);
  });
});

describe('changes of a server', () => {
  it('is sent once, and the server is read again', async () => {
    const { panel, verbs } = await rig();
    await verbs['server.setDockerImage']({ serverId: id, image: 'java:21' });
    await verbs['server.reinstall']({ serverId: id });
    await verbs['server.acceptEula']({ serverId: id });
    expect(panel.asked).toEqual([
      'setDockerImage u0 java:21',
      'server u0',
      'reinstall u0',
      'server u0',
      'writeFile u0 eula.txt eula=true',
      'server u0',
    ]);
  });

  it('report a new variable or image, also if the answer is lost', async () => {
    const { panel, verbs, startups } = await rig();
    await verbs['server.setDockerImage']({ serverId: id, image: 'java:21' });
    expect(startups).toEqual([id]);
    panel.problems.set('setVariable', aProblem('timeout'));
    const setting = verbs['startup.setVariable']({ serverId: id, key: 'K', value: 'v' });
    await expect(setting).rejects.toMatchObject({ problem: { code: 'timeout' } });
    expect(startups).toEqual([id, id]);
    await verbs['startup.read']({ serverId: id });
    expect(startups).toHaveLength(2);
  });

  it.each<[string, (verbs: ReturnType<typeof serverCalls>) => Promise<unknown>]>([
    ['settings.rename', (verbs) => verbs['server.rename']({ serverId: id, name: 'x' })],
    ['settings.reinstall', (verbs) => verbs['server.reinstall']({ serverId: id })],
    ['startup.docker-image', (verbs) => verbs['server.setDockerImage']({ serverId: id, image: 'x' })],
    ['file.create', (verbs) => verbs['server.acceptEula']({ serverId: id })],
    ['startup.read', (verbs) => verbs['startup.read']({ serverId: id })],
    ['startup.update', (verbs) => verbs['startup.setVariable']({ serverId: id, key: 'K', value: 'v' })],
  ])('needs %s, and a server that nothing blocks', async (permission, act) => {
    const limited = await rig({ permissions: ['control.start'] });
    await expect(act(limited.verbs)).rejects.toMatchObject({ problem: { code: 'forbidden', permission } });
    const suspended = await rig({ condition: 'suspended' });
    await expect(act(suspended.verbs)).rejects.toMatchObject({
      problem: { code: 'conflict', condition: 'suspended' },
    });
    expect([...limited.panel.asked, ...suspended.panel.asked]).toEqual([]);
  });

  it.each(['conflict', 'forbidden', 'not-found'] as const)(
    'that the panel refuses with %s makes Perch read the server again',
    async (code) => {
      const { clock, panel, verbs } = await rig();
      panel.problems.set('setDockerImage', aProblem(code));
      const setting = verbs['server.setDockerImage']({ serverId: id, image: 'x' });
      await expect(setting).rejects.toMatchObject({ problem: { code } });
      await clock.advance(10_000);
      expect(panel.count('server u0')).toBeGreaterThan(0);
    },
  );
});

describe('Startups', () => {
  async function startups() {
    const all = await rig();
    const variables = [aVariable('K', 'a'), aVariable('L', 'b')];
    all.panel.startupOfAll = { ...all.panel.startupOfAll, variables };
    return { ...all, startups: createStartups(all.deps) };
  }

  it("change a variable with one request if the panel's answer is complete", async () => {
    const { panel, startups: mine } = await startups();
    panel.commands = { command: './run c', template: './run {{K}}' };
    const before = await mine.read(id);
    const after = { ...before, ...panel.commands, variables: [aVariable('K', 'c'), aVariable('L', 'b')] };
    expect(await mine.setVariable(id, 'K', 'c')).toEqual(after);
    expect(await mine.setVariable(id, 'L', 'd')).toEqual({
      ...after,
      variables: [aVariable('K', 'c'), aVariable('L', 'd')],
    });
    expect(panel.asked).toEqual(['startup u0', 'setVariable u0 K=c', 'setVariable u0 L=d']);
  });

  it.each<[string, (panel: FakePanel, mine: ReturnType<typeof createStartups>) => Promise<unknown>]>([
    ['the panel does not tell the commands', (_panel, mine) => mine.read(id)],
    ['nothing was read before', async (panel) => (panel.commands = { command: 'x', template: 'x' })],
    [
      'the variable is a new one',
      async (panel, mine) => {
        panel.commands = { command: 'x', template: 'x' };
        const { variables } = panel.startupOfAll;
        panel.startupOfAll = { ...panel.startupOfAll, variables: [] };
        await mine.read(id);
        panel.startupOfAll = { ...panel.startupOfAll, variables };
      },
    ],
  ])('are read again if %s', async (_what, prepare) => {
    const { panel, startups: mine } = await startups();
    await prepare(panel, mine);
    panel.asked.length = 0;
    expect(await mine.setVariable(id, 'K', 'c')).toBe(panel.startupOfAll);
    expect(panel.asked).toEqual(['setVariable u0 K=c', 'startup u0']);
  });

  it('report the value as saved if only the reading fails', async () => {
    const { panel, startups: mine } = await startups();
    panel.problems.set('startup', aProblem('timeout'));
    await expect(mine.setVariable(id, 'K', 'v')).rejects.toMatchObject({
      problem: { code: 'timeout', maybeDone: true, message: saying(/^K is saved/) },
    });
  });
});
