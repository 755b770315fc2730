import { describe, expect, it } from 'vitest';
import type { Server } from '../../../bridge/schema/domain.js';
import type { Reach } from '../../../bridge/schema/players.js';
import { PerchError } from '../../../bridge/errors.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { aFleet, aPanelServer, FakePanel } from '../../../tests/support/fleet-fakes.js';
import { QueryFailure, type QueryPlace } from '../../base/query-ports.js';
import { joinInfo } from './join-info.js';

const silent: Reach = { kind: 'silent', since: 0, hasAnswered: true, suspect: null };
const at = (ip: string, alias: string | null = null) => [
  { ip, alias, port: 25_565, notes: null, isDefault: true },
];

interface Given {
  readonly record?: QueryPlace | null;
  /** Text of `server.properties`; null = the node refuses. */
  readonly text?: string | null;
  readonly fields?: Partial<Server>;
}

async function ask({ record = null, text = null, fields = {} }: Given) {
  const panel = new FakePanel();
  panel.list = [aPanelServer('u0')];
  const read: string[] = [];
  panel.fileContents = async (_identifier, path) => {
    read.push(path);
    if (text === null) throw new PerchError(aProblem('panel-error'));
    return new TextEncoder().encode(text);
  };
  const fleet = aFleet(panel);
  await fleet.live();
  const server = { ...fleet.server('u0'), game: 'minecraft', reach: silent, ...fields } as const;
  fleet.store.apply([{ kind: 'server-upserted', server }]);
  const asked: string[] = [];
  const wire = {
    minecraftService: async (host: string) => {
      asked.push(host);
      if (host.includes(' ')) throw new QueryFailure('unknown-host');
      return record;
    },
  };
  const found = await joinInfo({ store: fleet.store, fleet: fleet.fleet, wire }, 'home/u0');
  return { ...found, asked, read };
}

describe('the record of a name', () => {
  it('is looked up for the name that players type, and is one line', async () => {
    const record = { host: 'node\u202e.example.com\n', port: 25_570 };
    const { service, asked } = await ask({
      record,
      fields: { allocations: at('203.0.113.1', 'play.example.com') },
    });
    expect(asked).toEqual(['play.example.com']);
    expect(service).toEqual({ host: 'node.example.com', port: 25_570 });
  });

  it('is looked up for games alone whose players follow it', async () => {
    expect((await ask({ fields: { game: 'bedrock', allocations: at('203.0.113.1') } })).asked).toEqual([]);
    expect((await ask({ fields: { game: 'proxy', allocations: at('203.0.113.1') } })).asked).toHaveLength(1);
    expect((await ask({ fields: { allocations: [] } })).asked).toEqual([]);
  });

  it('is none for a text of the panel that is no name', async () => {
    expect((await ask({ fields: { allocations: at('203.0.113.1', 'no name') } })).service).toBeNull();
  });
});

describe('the settings of a silent game', () => {
  it.each([
    ['server-port=25570\r\nenable-status=false\r\n', { port: 25_570, isStatusOff: true }],
    ['# server-port=1\nserver-port : 25565\nenable-status=true', { port: 25_565, isStatusOff: false }],
    ['query.port=25565\nserver-port=70000', { port: null, isStatusOff: false }],
    ['server-port=\nmotd=server-port=25565', { port: null, isStatusOff: false }],
    [
      'server-port=1\nserver-port=25571\nenable-status=false\nenable-status=true',
      { port: 25_571, isStatusOff: false },
    ],
    ['', { port: null, isStatusOff: false }],
  ])('are read from %j', async (text, settings) => {
    const found = await ask({ text });
    expect(found.settings).toEqual(settings);
    expect(found.read).toEqual(['/server.properties']);
  });

  it('are unknown if the node refuses', async () => {
    expect((await ask({ text: null })).settings).toBeNull();
  });

  it.each<[string, Partial<Server>]>([
    ['the game answers', { reach: null }],
    ['the game has no such file', { game: 'rust' }],
    ['the account may not read files', { permissions: ['control.console'] }],
  ])('are not read if %s', async (_why, fields) => {
    const found = await ask({ text: 'server-port=25565', fields });
    expect(found.settings).toBeNull();
    expect(found.read).toEqual([]);
  });
});
