import { describe, expect, it } from 'vitest';
import type { Allocation, Server } from '../../bridge/schema/domain.js';
import { aServer } from '../../tests/support/entities.js';
import { candidates, hidesNames, namesPeople } from './game-queries.js';

const allocation = (port: number, fields: Partial<Allocation> = {}): Allocation => ({
  ip: '203.0.113.10',
  alias: null,
  port,
  notes: null,
  isDefault: true,
  ...fields,
});
const node = { host: 'node.example.com', port: 2022 };
const elsewhere = 'https://panel.example.com';
const ofServer = (...ports: number[]): Allocation[] =>
  ports.map((port, at) => allocation(port, { isDefault: at === 0 }));
/** `source 27017 !` for each place at the first host; `!` marks a certain place. */
const asked = (fields: Parameters<typeof aServer>[0]): string[] =>
  candidates(aServer({ allocations: ofServer(5000), sftp: node, ...fields }), elsewhere).map(
    ({ protocol, port, isCertain }) => `${protocol} ${port}${isCertain ? ' !' : ''}`,
  );

describe('the protocol and port of a game', () => {
  it.each<[string, Parameters<typeof aServer>[0], string[]]>([
    ['Minecraft', { game: 'minecraft' }, ['minecraft-status 5000 !', 'minecraft-query 5000']],
    ['Velocity', { game: 'proxy', egg: 'Velocity' }, ['minecraft-status 5000 !']],
    ['Geyser', { game: 'proxy', egg: 'GeyserMC' }, ['bedrock 5000 !']],
    ['Bedrock', { game: 'bedrock' }, ['bedrock 5000 !']],
    ['Counter-Strike 2', { game: 'source', egg: 'Counter-Strike 2' }, ['source 5000 !']],
    [
      'Rust',
      { game: 'rust', queryPort: 5001, allocations: ofServer(5000, 5001) },
      ['source 5001 !', 'source 5000'],
    ],
    ['Rust without a port of its own', { game: 'rust' }, ['source 5000 !']],
    [
      'ARK',
      { game: 'ark', queryPort: 27_016, allocations: ofServer(7777, 27_015, 27_016) },
      ['source 27016 !', 'source 27015'],
    ],
    [
      'ARK: Survival Ascended',
      {
        game: 'ark',
        egg: 'ARK: Survival Ascended',
        queryPort: 27_015,
        allocations: ofServer(7777, 27_015),
      },
      [],
    ],
    ['Valheim', { game: 'valheim', allocations: ofServer(5000, 5001) }, ['source 5001']],
    [
      'Sandstorm',
      { game: 'source', egg: 'Insurgency: Sandstorm', allocations: ofServer(5000, 5001) },
      ['source 5001'],
    ],
    [
      '7 Days to Die',
      { game: 'seven-days', allocations: ofServer(5000, 5001) },
      ['source 5000', 'source 5001'],
    ],
    [
      'DayZ',
      { game: null, egg: 'DayZ', queryPort: 27_020, allocations: ofServer(5000, 5001, 27_016, 27_020) },
      ['source 27020', 'source 27016', 'source 5001'],
    ],
    ['FiveM', { game: null, egg: 'FiveM' }, ['fivem 5000 !']],
    ['FiveM as a website', { game: null, egg: 'FiveM', allocations: ofServer(80) }, ['fivem 80 !']],
    [
      'TeamSpeak',
      { game: 'voice', egg: 'Teamspeak3 Server', allocations: ofServer(9987, 10_011) },
      ['teamspeak 10011'],
    ],
    [
      'TeamSpeak elsewhere',
      {
        game: 'voice',
        egg: 'TeamSpeak 3',
        queryPort: 10_022,
        allocations: ofServer(9987, 10_011, 10_022),
      },
      ['teamspeak 10022', 'teamspeak 10011'],
    ],
    [
      'a game that nobody knows',
      { game: null, egg: 'Our Own', queryPort: 27_015, allocations: ofServer(5000, 27_015) },
      ['source 27015'],
    ],
    ['the same without a port', { game: null, egg: 'Our Own' }, []],
    ['Palworld', { game: 'palworld', queryPort: 5000 }, []],
    ['a bot', { game: 'bot', queryPort: 5000 }, []],
    ['no allocation', { game: 'minecraft', allocations: [] }, []],
    ['the last port', { game: 'valheim', allocations: [allocation(65_535)] }, []],
  ])('%s', (_name, fields, places) => {
    expect(asked(fields)).toEqual(places);
  });

  it.each<[string, Parameters<typeof aServer>[0]]>([
    ['ARK', { game: 'ark' }],
    ['ARK with a told port', { game: 'ark', queryPort: 27_016 }],
    ['Valheim', { game: 'valheim' }],
    ['Squad', { game: null, egg: 'Squad' }],
    ['TeamSpeak', { game: 'voice', egg: 'TeamSpeak 3' }],
    ['Reforger', { game: null, egg: 'Arma Reforger' }],
    ['Conan', { game: 'source', egg: 'Conan Exiles' }],
    ['an unknown game', { game: null, queryPort: 27_015 }],
  ])('is none that belongs to another server of the node: %s', (_name, fields) => {
    expect(asked(fields)).toEqual([]);
  });

  it.each([25, 53, 22, 443, 1023])('is none of other services: %i', (port) => {
    const allocations = ofServer(5000, port);
    expect(asked({ game: null, queryPort: port, allocations })).toEqual([]);
    expect(asked({ game: 'minecraft', allocations: ofServer(port) })).toEqual([]);
  });

  it.each<[string, Server['game'], string[]]>([
    ['Discord.ts Bot', 'bot', []],
    ['Squad Bot', 'bot', []],
    ['Node TS', 'web', []],
    ['TS DB', 'database', []],
    ['TS', null, []],
    ['Icarus Forge pack', 'minecraft', ['minecraft-status 5000 !', 'minecraft-query 5000']],
    ['The Forest modpack (Forge)', 'minecraft', ['minecraft-status 5000 !', 'minecraft-query 5000']],
    ['7 Days Modpack', 'minecraft', ['minecraft-status 5000 !', 'minecraft-query 5000']],
    ['Paper with Geyser', 'minecraft', ['minecraft-status 5000 !', 'minecraft-query 5000']],
    ['TS3', null, ['teamspeak 10011']],
  ])('is not that of a game whose name an egg only contains: %s', (egg, game, places) => {
    const allocations = ofServer(5000, 5001, 10_011, 27_165, 27_015);
    expect(asked({ game, egg, allocations })).toEqual(places);
  });

  it('names are hidden by Rust and Valheim', () => {
    expect(hidesNames(aServer({ game: 'rust' }))).toBe(true);
    expect(hidesNames(aServer({ game: 'valheim' }))).toBe(true);
    expect(hidesNames(aServer({ game: 'minecraft' }))).toBe(false);
    expect(hidesNames(aServer({ game: null }))).toBe(false);
  });

  it('names of bots stand among those of Source', () => {
    expect(namesPeople(aServer({ game: 'minecraft' }))).toBe(true);
    expect(namesPeople(aServer({ game: 'source' }))).toBe(false);
    expect(namesPeople(aServer({ game: 'terraria' })), 'a game without a query').toBe(false);
  });
});

describe('the address', () => {
  const hosts = (fields: Parameters<typeof aServer>[0], panelUrl = elsewhere): [string, boolean][] =>
    candidates(aServer({ game: 'bedrock', ...fields }), panelUrl).map(({ host, isCertain }) => [
      host,
      isCertain,
    ]);

  it('is what players type, then that of the allocation, and not the node, where other servers have the port', () => {
    const allocations = [allocation(19_132, { alias: 'play.example.com' })];
    expect(hosts({ allocations, sftp: node })).toEqual([
      ['play.example.com', true],
      ['203.0.113.10', true],
    ]);
  });

  it('is that of the allocations with the port', () => {
    const allocations = [
      allocation(5000, { alias: 'play.example.com' }),
      allocation(5001, { ip: '203.0.113.11', isDefault: false }),
    ];
    const [first] = candidates(
      aServer({ game: 'rust', queryPort: 5001, allocations, sftp: node }),
      elsewhere,
    );
    expect(first).toMatchObject({ host: '203.0.113.11', port: 5001 });
  });

  it('of a home network may answer, or its node, but silence there means nothing', () => {
    for (const ip of ['192.168.1.5', '10.0.0.2', '172.18.0.1', '100.64.0.9', 'fd00::5'])
      expect(hosts({ allocations: [allocation(19_132, { ip })], sftp: node })).toEqual([
        [ip, false],
        ['node.example.com', false],
      ]);
  });

  it('of a home network is not asked for a panel on the internet', () => {
    for (const panelUrl of ['https://203.0.113.1', 'https://[2001:db8::1]:8443'])
      expect(hosts({ allocations: [allocation(19_132, { ip: '10.0.0.2' })], sftp: node }, panelUrl)).toEqual([
        ['node.example.com', false],
      ]);
  });

  it('of all addresses is that of the node', () => {
    for (const ip of ['0.0.0.0', '::'])
      expect(hosts({ allocations: [allocation(19_132, { ip })], sftp: node })).toEqual([
        ['node.example.com', false],
      ]);
  });

  it('is never this computer for a panel elsewhere, whatever it says about its node', () => {
    for (const ip of ['127.0.0.1', '::1', '127.4.5.6'])
      for (const host of ['node.example.com', '127.0.0.1', 'localhost'])
        expect(hosts({ allocations: [allocation(19_132, { ip })], sftp: { host, port: 2022 } })).toEqual([]);
  });

  it('is this computer for a panel on it', () => {
    const here = {
      allocations: [allocation(19_132, { ip: '127.4.5.6' })],
      sftp: { host: '127.0.0.1', port: 2022 },
    };
    for (const panelUrl of ['http://127.0.0.1:8080', 'http://localhost', 'http://[::1]:80'])
      expect(hosts(here, panelUrl)).toEqual([['127.4.5.6', true]]);
  });

  it('is tried at eight places at most', () => {
    const ips = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5', '10.0.0.6'];
    const allocations = ips.map((ip) => allocation(5000, { ip, alias: `of-${ip}` }));
    expect(candidates(aServer({ game: 'minecraft', allocations }), elsewhere)).toHaveLength(8);
  });
});
