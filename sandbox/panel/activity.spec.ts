import { afterEach, describe, expect, it } from 'vitest';
import { errorOf, PanelRig } from '../../tests/support/panel-rig.js';
import { dialects } from './dialects.js';

let rig: PanelRig;
afterEach(() => rig.end());

interface Item {
  object: string;
  attributes: {
    event: string;
    is_api: boolean;
    ip: string | null;
    timestamp: string;
    properties: Record<string, string>;
    relationships?: { actor: { object: string; attributes: { username: string } | null } };
  };
}

async function list(query = '', who: 'owner' | 'subuser' | 'admin' = 'owner'): Promise<Item[]> {
  const answer = await rig.on(who, 'Survival', 'GET', `/activity${query}`);
  expect(answer.status).toBe(200);
  return (answer.body as { data: Item[] }).data;
}

const events = (items: Item[]): string[] => items.map(({ attributes }) => attributes.event);
const actorOf = (item: Item | undefined): unknown => item?.attributes.relationships?.actor;

describe.each(Object.keys(dialects))('The activity of a server on %s', (dialect) => {
  it('has actions over the API at once, and over sockets with the next batch', async () => {
    rig = await PanelRig.start({ dialect });
    rig.uses('Survival', { state: 'running' });
    await rig.on('owner', 'Survival', 'POST', '/power', { signal: 'stop' });
    rig.now += 1000;
    const { uuid } = rig.server('Survival');
    const admin = [...rig.world.users.values()].find(({ rootAdmin }) => rootAdmin);
    rig.panel.activity.toldByNode({
      serverUuid: uuid,
      userUuid: admin?.uuid ?? '',
      event: 'power.kill',
      properties: {},
    });
    expect(events(await list())).toEqual(['server:power.stop']);
    rig.now += 60_000;
    const [kill, stop] = await list('?sort=-timestamp&include=actor&filter%5Bevent%5D=server%3Apower');
    expect(kill?.attributes).toMatchObject({
      event: 'server:power.kill',
      is_api: false,
      ip: null,
      timestamp: '2026-01-01T12:00:01+00:00',
    });
    expect(stop).toMatchObject({ object: 'activity_log', attributes: { is_api: true, ip: '127.0.0.1' } });
    expect(actorOf(kill)).toMatchObject({ object: 'user', attributes: { username: admin?.username } });
  });
});

describe('The list of activity', () => {
  it('is refused without its permission', async () => {
    rig = await PanelRig.start();
    const server = rig.server('Survival');
    for (const subuser of server.subusers) subuser.permissions = ['websocket.connect'];
    const answer = await rig.on('subuser', 'Survival', 'GET', '/activity');
    expect(errorOf(answer)).toBe('403 AccessDeniedHttpException');
    for (const subuser of server.subusers) subuser.permissions = ['activity.read'];
    expect(await list('', 'subuser')).toEqual([]);
  });

  it('comes in pages, oldest first by default, filtered by parts of the event name', async () => {
    rig = await PanelRig.start();
    rig.uses('Survival', { state: 'running' });
    for (const signal of ['start', 'stop']) {
      await rig.on('owner', 'Survival', 'POST', '/power', { signal });
      rig.now += 1000;
    }
    await rig.on('owner', 'Survival', 'POST', '/command', { command: 'list' });
    const all = ['server:power.start', 'server:power.stop', 'server:console.command'];
    expect(events(await list())).toEqual(all);
    expect(events(await list('?sort=-timestamp&per_page=2'))).toEqual(all.toReversed().slice(0, 2));
    expect(events(await list('?filter%5Bevent%5D=stop,command'))).toEqual(all.slice(1));
    expect(errorOf(await rig.on('owner', 'Survival', 'GET', '/activity?sort=event'))).toBe(
      '400 InvalidSortQuery',
    );
  });

  it('has no user if the user was deleted', async () => {
    rig = await PanelRig.start();
    const { uuid } = rig.server('Survival');
    rig.panel.activity.toldByNode({
      serverUuid: uuid,
      userUuid: 'gone',
      event: 'power.stop',
      properties: {},
    });
    rig.now += 60_000;
    expect(actorOf((await list('?include=actor'))[0])).toEqual({ object: 'null_resource', attributes: null });
  });
});
