import { describe, expect, it } from 'vitest';
import type { Allocation, Server } from '../../bridge/schema/domain.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { find } from './find.js';
import { serverText, type ServerText } from './server-text.js';

const home = anAccount({ id: 'home', label: 'Home panel', panelUrl: 'https://panel.example.com/games' });
const away = anAccount({ id: 'away', label: 'mc.example.org', panelUrl: 'https://mc.example.org' });
const at = (ip: string, port: number, alias: string | null = null): Allocation => ({
  ip,
  alias,
  port,
  notes: null,
  isDefault: true,
});

function text(account: typeof home, fields: Partial<Server>, state = 'offline', group?: string): ServerText {
  return serverText({ server: aServer({ accountId: account.id, ...fields }), account, group, state });
}

const amber = text(home, {
  id: 'amber',
  uuid: 'aabbccdd-0001-4abc-8def-000000000001',
  identifier: 'aabbccdd',
  name: 'Amber Arena Tokyo 40',
  node: 'Rack 1',
  allocations: [at('203.0.113.10', 25565), at('203.0.113.10', 25575)],
});
const lobby = text(
  home,
  {
    id: 'lobby',
    uuid: '1f2e3d4c-0002-4abc-8def-000000000002',
    identifier: '1f2e3d4c',
    name: 'Lobby',
    description: 'Wipes on Thursday.',
    node: 'Berlin 2',
    egg: 'Paper',
    allocations: [at('198.51.100.7', 30000, 'play.example.net')],
  },
  'running',
  'Events',
);
const cafe = text(away, {
  id: 'cafe',
  uuid: '99990000-0003-4abc-8def-000000000003',
  identifier: '99990000',
  name: 'Café São Łódź (old) [1.20] Straße',
  description: 'The amber lobby of last year',
  node: 'Москва 3',
  allocations: [at('2001:db8::1', 19132)],
});
const amberLobby = text(away, {
  id: 'amber-lobby',
  uuid: '77770000-0004-4abc-8def-000000000004',
  identifier: '77770000',
  name: 'Amber Lobby',
  node: 'Rack 12',
  allocations: [],
});
const servers = [amber, lobby, cafe, amberLobby];
const found = (search: string): string[] => find(servers, search).map(({ item }) => item.id);

describe('find', () => {
  it.each([
    ['a name', 'tokyo', ['amber']],
    ['any part of a name', 'oky', ['amber']],
    ['several words in any order', '40 tokyo amber', ['amber']],
    ['words of different facts', 'lobby berlin running', ['lobby']],
    ['a description', 'thurs', ['lobby']],
    ['a node', 'berlin', ['lobby']],
    ['a node by its number', 'rack 12', ['amber-lobby']],
    ['a node of another script', 'моск', ['cafe']],
    ['an egg', 'paper', ['lobby']],
    ['a panel', 'home', ['amber', 'lobby']],
    ['a group', 'events', ['lobby']],
    ['a state', 'RUNNING', ['lobby']],
    ['an address', '203.0.113.10', ['amber']],
    ['an address with its port', '203.0.113.10:25575', ['amber']],
    ['an alias', 'play.example.net', ['lobby']],
    ['what an alias stands for', '198.51.100.7:30000', ['lobby']],
    ['an address of version 6', '[2001:db8::1]:19132', ['cafe']],
    ['a port', '25575', ['amber']],
    ['a port with its colon', ':25575', ['amber']],
    ['a part of a port that is long enough', '5575', ['amber']],
    ['a short id', '1f2e3d4c', ['lobby']],
    ['a long id', '1f2e3d4c-0002-4abc-8def-000000000002', ['lobby']],
    ['the beginning of an id', '1f2e', ['lobby']],
    ['without accents and case', 'cafe SAO lodz', ['cafe']],
    ['with other accents', 'Çáfè', ['cafe']],
    ['a letter that is written as two', 'strasse', ['cafe']],
    ['characters of regular expressions', '(old) [1.20]', ['cafe']],
    ['a word twice', 'tokyo tokyo', ['amber']],
  ])('finds by %s: %j', (_, search, expected) => {
    expect(found(search).toSorted()).toEqual(expected.toSorted());
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \t '],
    ['a word that is nowhere', 'tokyo nonsense'],
    ['a part of the word of a node', 'erlin'],
    ['a part of a state', 'unning'],
    ['a short part of an id', '4ab'],
    ['a short part of a port', '575'],
    ['any character', '.*'],
    ['a class', '[a-z]+'],
    ['a choice', 'tokyo|berlin'],
    ['an open brace', '{'],
    ['a backslash', '\\'],
    ['quotes, which the library would read', '"tokyo"x'],
    ['a minus, which the library would read', '-arena berlin'],
    ['the name of a property', '__proto__'],
    ['another number', '41'],
  ])('finds no item by %s: %j', (_, search) => {
    expect(found(search)).toEqual([]);
  });

  it.each([
    ['https://panel.example.com/games/server/aabbccdd', ['amber']],
    ['https://panel.example.com/games/server/aabbccdd/files#/plugins', ['amber']],
    ['https://panel.example.com/games/server/aabbccdd?tab=1', ['amber']],
    ['https://mc.example.org/server/77770000-0004-4abc-8def-000000000004/console', ['amber-lobby']],
    ['HTTPS://MC.example.org/server/77770000', ['amber-lobby']],
    ['mc.example.org/server/77770000', ['amber-lobby']],
    // Another address of the same panel.
    ['http://10.0.0.2:8080/server/1f2e3d4c', ['lobby']],
    ['https://panel.example.com/games/server/0badc0de', []],
    ['https://panel.example.com/server/', []],
  ])('follows a pasted link: %s', (search, expected) => {
    expect(found(search)).toEqual(expected);
  });

  it.each([
    ['server aabbccdd crashed again', ['amber']],
    ['Hi, my server (aabbccdd) is down since 5 pm, please help!', ['amber']],
    ['see https://panel.example.com/games/server/aabbccdd, it does not start', ['amber']],
    ['<https://mc.example.org/server/77770000/console>: cannot join', ['amber-lobby']],
    ['aabbccdd and 1f2e3d4c are both down', ['amber', 'lobby']],
    ['my server 0badc0de is down', []],
    // An id with one wrong letter is not another server's.
    ['server aabbccde crashed', []],
  ])('finds servers mentioned in a pasted sentence: %s', (search, expected) => {
    expect(found(search)).toEqual(expected);
  });

  it('follows a link to the server of its own panel if another panel has the same id', () => {
    const twins = [
      text(away, { id: 'there', identifier: 'abcdef01' }),
      text(home, { id: 'here', identifier: 'abcdef01' }),
    ];
    const find2 = (search: string): string[] => find(twins, search).map(({ item }) => item.id);
    expect(find2('https://panel.example.com/games/server/abcdef01')).toEqual(['here']);
    expect(find2('https://mc.example.org/server/abcdef01')).toEqual(['there']);
  });

  it.each([
    ['what is typed out, then what begins so, then the rest', 'lobby', ['lobby', 'amber-lobby', 'cafe']],
    ['words of the name before those of the description', 'amber lobby', ['amber-lobby', 'cafe']],
    ['equals in their own order', 'amber', ['amber', 'amber-lobby', 'cafe']],
    ['an address that is typed out', '203.0.113.10', ['amber']],
  ])('puts %s first: %j', (_, search, expected) => {
    expect(found(search)).toEqual(expected);
  });

  it('ranks the beginning of a word before the middle of a word', () => {
    const named = (id: string, name: string): ServerText => text(home, { id, name });
    const some = [
      named('middle', 'Mystar'),
      named('word', 'My Star'),
      named('name', 'Star one'),
      named('exact', 'star'),
    ];
    expect(find(some, 'star').map(({ item }) => item.id)).toEqual(['exact', 'name', 'word', 'middle']);
  });

  it.each([
    ['a letter that is missing', 'thrsday', ['lobby']],
    ['a letter that is missing of a short word', 'toyo', ['amber']],
    ['brackets and other signs', '-(tokyo|"arena")', ['amber']],
    ['a letter too many', 'tokkyo', ['amber']],
    ['another letter', 'tokio', ['amber']],
    ['two that changed places', 'toyko', ['amber']],
    ['one word of several', 'ambr tokyo', ['amber']],
    ['a dash for a blank', 'arena-tokyo', ['amber']],
    ['a state', 'runnig', ['lobby']],
    ['another script', 'мосвка', ['cafe']],
    ['two letters', 'tikio', []],
    ['a letter of a very short word', 'aew', []],
    ['the first letter', 'pokyo', []],
    ['within a word', 'hurzday', []],
    ['a number', '25556', []],
    ['an id', '1f2e3d4d', []],
  ])('forgives %s: %j', (_, search, expected) => {
    expect(found(search)).toEqual(expected);
  });

  it('allows no typos beside an exact match', () => {
    const named = (id: string, name: string): ServerText => text(home, { id, name });
    const some = [named('hobby', 'Survival'), named('right', 'Survivel')];
    expect(find(some, 'survivel').map(({ item }) => item.id)).toEqual(['right']);
  });

  it.each([
    ['one long word', 'x'.repeat(100_000)],
    ['many words', 'amber '.repeat(50_000)],
    ['many words that are nearly right', Array.from({ length: 400 }, (_, at) => `ambre${at}`).join(' ')],
    ['many words of which each is found', Array.from({ length: 400 }, (_, at) => 'a'.repeat(at)).join(' ')],
    ['many parts of a word', 'a-'.repeat(50_000)],
    ['a long link', `https://${'a/'.repeat(50_000)}server/x`],
  ])('takes little time for %s', (_, search) => {
    const many = Array.from({ length: 1000 }, (_unused, place) =>
      text(home, { id: `${place}`, name: `Amber ${place}`, description: 'a'.repeat(500) }),
    );
    // A backtracking regular expression would take hours and exceed the test's time limit.
    expect(() => find(many, search)).not.toThrow();
  });

  it('finds a server with an unreadable name', () => {
    const names = [
      'a(b',
      '[[[',
      '\\d+',
      '-minus',
      '"quoted"',
      '</script>',
      '...',
      '日本語サーバー',
      '🎮 Play',
    ];
    const odd = names.map((name) => text(home, { id: name, name }));
    for (const name of names) expect(find(odd, name).map(({ item }) => item.id)[0], name).toBe(name);
  });
});
