import { describe, expect, it } from 'vitest';
import type { Allocation } from '../../bridge/schema/domain.js';
import { aServer } from '../../tests/support/entities.js';
import { candidates, hidesNames } from './game-queries.js';

const allocation = (port: number, fields: Partial<Allocation> = {}): Allocation => ({
  ip: '203.0.113.10',
  alias: null,
  port,
  notes: null,
  isDefault: true,
  ...fields,
});
const node = { host: 'node.example.com', port: 2022 };
/** `source 27017 !` for each place at the first host; the mark stands for a certain one. */
const asked = (fields: Parameters<typeof aServer>[0]): string[] =>
  candidates(aServer({ allocations: [allocation(5000)], sftp: null, ...fields })).map(
    ({ protocol, port, isCertain }) => `${protocol} ${port}${isCertain ? ' !' : ''}`,
  );

describe('the protocol and port of a game', () => {
  it.each<[string, Parameters<typeof aServer>[0], string[]]>([
    ['Minecraft', { game: 'minecraft' }, ['minecraft-status 5000 !', 'minecraft-query 5000']],
    ['Velocity', { game: 'proxy', egg: 'Velocity' }, ['minecraft-status 5000 !']],
    ['Geyser', { game: 'proxy', egg: 'GeyserMC' }, ['bedrock 5000 !']],
    ['Bedrock', { game: 'bedrock' }, ['bedrock 5000 !']],
    ['Counter-Strike 2', { game: 'source', egg: 'Counter-Strike 2' }, ['source 5000 !']],
    ['Rust', { game: 'rust', queryPort: 5001 }, ['source 5001 !', 'source 5000']],
    ['Rust without a port of its own', { game: 'rust' }, ['source 5000 !']],
    ['ARK', { game: 'ark', queryPort: 27_016 }, ['source 27016 !', 'source 27015']],
    ['ARK: Survival Ascended', { game: 'ark', egg: 'ARK: Survival Ascended', queryPort: 27_015 }, []],
    ['Valheim', { game: 'valheim' }, ['source 5001']],
    ['Sandstorm', { game: 'source', egg: 'Insurgency: Sandstorm' }, ['source 5001']],
    ['7 Days to Die', { game: null, egg: '7 Days To Die' }, ['source 5000', 'source 5001']],
    ['DayZ', { game: null, egg: 'DayZ', queryPort: 27_020 }, ['source 27020', 'source 27016', 'source 5001']],
    ['FiveM', { game: null, egg: 'FiveM' }, ['fivem 5000 !']],
    ['TeamSpeak', { game: 'voice', egg: 'Teamspeak3 Server' }, ['teamspeak 10011']],
    [
      'TeamSpeak elsewhere',
      { game: 'voice', egg: 'TeamSpeak 3', queryPort: 10_022 },
      ['teamspeak 10022', 'teamspeak 10011'],
    ],
    ['a game that nobody knows', { game: null, egg: 'Our Own', queryPort: 27_015 }, ['source 27015']],
    ['the same without a port', { game: null, egg: 'Our Own' }, []],
    ['Palworld', { game: 'palworld', queryPort: 27_015 }, []],
    ['a bot', { game: 'bot', queryPort: 27_015 }, []],
    ['no allocation', { game: 'minecraft', allocations: [] }, []],
    ['the last port', { game: 'valheim', allocations: [allocation(65_535)] }, []],
  ])('%s', (_name, fields, places) => {
    expect(asked(fields)).toEqual(places);
  });

  it('names are hidden by Rust and Valheim', () => {
    expect(hidesNames(aServer({ game: 'rust' }))).toBe(true);
    expect(hidesNames(aServer({ game: 'valheim' }))).toBe(true);
    expect(hidesNames(aServer({ game: 'minecraft' }))).toBe(false);
    expect(hidesNames(aServer({ game: null }))).toBe(false);
  });
});

describe('the address', () => {
  const hosts = (fields: Parameters<typeof aServer>[0]): [string, boolean][] =>
    candidates(aServer({ game: 'bedrock', ...fields })).map(({ host, isCertain }) => [host, isCertain]);

  it('is what players type, then that of the allocation, then the node', () => {
    const allocations = [allocation(19_132, { alias: 'play.example.com' })];
    expect(hosts({ allocations, sftp: node })).toEqual([
      ['play.example.com', true],
      ['203.0.113.10', true],
      ['node.example.com', false],
    ]);
  });

  it('is that of the allocation with the port', () => {
    const allocations = [
      allocation(5000, { alias: 'play.example.com' }),
      allocation(5001, { ip: '203.0.113.11', isDefault: false }),
    ];
    const [first] = candidates(aServer({ game: 'rust', queryPort: 5001, allocations, sftp: node }));
    expect(first).toMatchObject({ host: '203.0.113.11', port: 5001 });
  });

  it('of a home network may answer, but silence there means nothing', () => {
    for (const ip of ['192.168.1.5', '10.0.0.2', '172.18.0.1', '100.64.0.9', 'fd00::5'])
      expect(hosts({ allocations: [allocation(19_132, { ip })], sftp: null })).toEqual([[ip, false]]);
  });

  it('is never this computer for a node elsewhere', () => {
    for (const ip of ['127.0.0.1', '::1', '0.0.0.0', '::'])
      expect(hosts({ allocations: [allocation(19_132, { ip })], sftp: node })).toEqual([
        ['node.example.com', false],
      ]);
    const here = {
      allocations: [allocation(19_132, { ip: '127.4.5.6' })],
      sftp: { host: '127.0.0.1', port: 2022 },
    };
    expect(hosts(here)).toEqual([
      ['127.4.5.6', true],
      ['127.0.0.1', false],
    ]);
  });

  it('is tried at eight places at most', () => {
    const allocations = [allocation(5000, { alias: 'play.example.com' })];
    expect(candidates(aServer({ egg: 'DayZ', queryPort: 27_020, allocations, sftp: node }))).toHaveLength(8);
  });
});
