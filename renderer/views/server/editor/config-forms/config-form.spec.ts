import { describe, expect, it } from 'vitest';
import type { Game } from '../../../../../bridge/panel/games.js';
import type { OpenedText } from '../../../../../bridge/schema/texts.js';
import { spoken } from '../../../../../messages/messages.js';
import { configFiles } from '../../../../../tests/support/config-files.js';
import { configFileOf, type ConfigFileName } from './config-file.js';
import { formOf, type FormField, type SettingsFileName } from './config-form.js';
import { FieldEdits } from './field-edits.js';

const opened = (text: string): OpenedText => ({
  kind: 'text',
  text,
  version: '1',
  format: { encoding: 'utf-8', bom: false },
});

const fieldOf = (name: SettingsFileName, text: string, key: string): FormField | undefined =>
  formOf(name, text)
    ?.groups.flatMap(({ fields }) => fields)
    .find(({ setting }) => setting.key === key);

/** The text after a setting got a value, or the words that refuse the value. */
function set(name: SettingsFileName, text: string, key: string, value: string): string {
  const form = formOf(name, text);
  const field = fieldOf(name, text, key);
  if (form === null || field === undefined) throw new Error('no field');
  const change = new FieldEdits().change(text, form, field, value);
  if ('id' in change) return spoken(change);
  return text.slice(0, change.from) + change.insert + text.slice(change.to);
}

describe('the file of a form', () => {
  it.each([
    ['/server.properties', 'server-properties'],
    ['/proxy/Server.Properties', 'server-properties'],
    ['/ops.json', 'ops'],
    ['/Pal/Saved/Config/LinuxServer/PalWorldSettings.ini', 'palworld'],
    ['/ShooterGame/Saved/Config/LinuxServer/GameUserSettings.ini', 'ark-user'],
    ['/ShooterGame/Saved/Config/LinuxServer/Game.ini', 'ark-game'],
    ['/Saved/Game.ini', null],
    ['/config/paper-world-defaults.yml', 'paper-world'],
    ['/old-server.properties', null],
    ['/server.properties.bak', null],
    ['/velocity.toml', 'velocity'],
  ])('%s is %s', (path, name) => {
    expect(configFileOf(path, opened('motd=A\n'), 'minecraft')).toBe(name);
  });

  it.each<[string, Game | null, ConfigFileName]>([
    [configFiles['server-properties'], 'minecraft', 'server-properties'],
    [configFiles['server-properties'], 'bedrock', 'server-properties'],
    [configFiles['bedrock-properties'], null, 'bedrock-properties'],
    [configFiles['bedrock-properties'], 'minecraft', 'bedrock-properties'],
    [configFiles['pocketmine-properties'], null, 'pocketmine-properties'],
    ['motd=A\n', 'bedrock', 'pocketmine-properties'],
    ['', 'bedrock', 'bedrock-properties'],
    ['motd=A\n', null, 'server-properties'],
  ])('server.properties: %j of %s is %s', (text, game, name) => {
    expect(configFileOf('/server.properties', opened(text), game)).toBe(name);
  });

  it('is unknown before the text is there', () => {
    expect(configFileOf('/server.properties', null, 'minecraft')).toBeNull();
  });
});

describe('a field', () => {
  it('has value, line and range', () => {
    const field = fieldOf('server-properties', '# x\nmax-players = 20 \n', 'max-players');
    expect(field).toMatchObject({ value: '20', line: 2, range: { from: 18, to: 21 }, blocked: null });
  });

  it('has the text behind escapes', () => {
    expect(fieldOf('server-properties', configFiles['server-properties'], 'motd')?.value).toBe(
      '§aGrüße §lvom Server',
    );
    expect(fieldOf('palworld', configFiles.palworld, 'ServerName')?.value).toBe('Default, (Palworld) Server');
    expect(fieldOf('paper-global', configFiles['paper-global'], 'proxies.velocity.secret')?.value).toBe('');
  });

  it.each<[SettingsFileName, string, string, RegExp]>([
    ['server-properties', 'pvp=maybe\n', 'pvp', /can’t show the value in line 1/],
    ['server-properties', 'motd=\\u12\n', 'motd', /can’t show the value in line 1/],
    ['server-properties', 'motd=a\\\n  b\n', 'motd', /can’t show the value in line 1/],
    ['server-properties', 'pvp=true\n\npvp=false\n', 'pvp', /^Lines 1, 3 set this more than once/],
    [
      'ark-user',
      '[ServerSettings]\nServerPVE=True\nserverpve=False\n',
      'ServerSettings/ServerPVE',
      /^Lines 2, 3/,
    ],
    ['spigot', 'settings:\n  bungeecord: &a true\n', 'settings.bungeecord', /line 2/],
    ['spigot', 'settings:\n  bungeecord: [1]\n', 'settings.bungeecord', /line 2/],
    ['palworld', 'OptionSettings=(ServerName="a\\"b")', 'ServerName', /line 1/],
    ['velocity', 'motd = ["a"]\n', 'motd', /line 1/],
    ['velocity', 'motd = """a\nb"""\n', 'motd', /line 1/],
    ['velocity', 'motd = "a\\nb"\n', 'motd', /line 1/],
    ['velocity', 'show-max-players = inf\n', 'show-max-players', /line 1/],
    ['bedrock-properties', 'max-players=1\nmax-players=2\n', 'max-players', /^Lines 1, 2/],
  ])('of %s can’t change %j (%s), and says why', (name, text, key, why) => {
    const { blocked } = fieldOf(name, text, key) ?? {};
    expect(spoken(blocked ?? { id: '' })).toMatch(why);
  });

  it('with a value out of its bounds says so and can be changed', () => {
    const text = 'view-distance=64\n';
    const field = fieldOf('server-properties', text, 'view-distance');
    expect([field?.blocked, spoken(field?.complaint ?? { id: '' })]).toEqual([
      null,
      'A whole number from 3 to 32.',
    ]);
    expect(set('server-properties', text, 'view-distance', '12')).toBe('view-distance=12\n');
  });

  it.each([
    ['max-players', '1.5', 'A whole number from 0 to 2147483647.'],
    ['max-players', '010', 'Write 10. Not every game takes 010 for that number.'],
    ['max-players', '+5', 'Write 5. Not every game takes +5 for that number.'],
    ['max-players', '5.', 'Write 5. Not every game takes 5. for that number.'],
    ['view-distance', '064', 'A whole number from 3 to 32.'],
    ['max-players', 'many', 'A whole number from 0 to 2147483647.'],
    ['player-idle-timeout', '-1', 'A whole number, 0 or more.'],
    ['motd', 'a\nb', 'The line in the file can’t hold these characters.'],
  ])('%s refuses %j', (key, value, words) => {
    expect(set('server-properties', `${key}=1\n`, key, value)).toBe(words);
  });
});

describe('a change', () => {
  it.each<[SettingsFileName, string, string, string, string]>([
    ['server-properties', '\tpvp : true\t\n#end', 'pvp', 'false', '\tpvp : false\t\n#end'],
    ['server-properties', 'motd=\\u00a7a\n', 'motd', '§bü', 'motd=\\u00a7b\\u00fc\n'],
    ['server-properties', 'motd=A\n', 'motd', ' §b', 'motd=\\ \\u00a7b\n'],
    ['server-properties', 'motd=A\n', 'motd', 'ü\u3000 ', 'motd=\\u00fc\\u3000 \n'],
    ['server-properties', 'motd=A\n', 'motd', '🐦', 'motd=\\ud83d\\udc26\n'],
    ['ark-user', '[ServerSettings]\nserverpve = False ;x\n', 'ServerSettings/ServerPVE', 'true', 'refused'],
    [
      'ark-user',
      '[serversettings]\nServerPVE= TRUE\n',
      'ServerSettings/ServerPVE',
      'false',
      '[serversettings]\nServerPVE= FALSE\n',
    ],
    [
      'ark-user',
      '[SessionSettings]\nSessionName="A"\n',
      'SessionSettings/SessionName',
      ' B;#',
      '[SessionSettings]\nSessionName=" B;#"\n',
    ],
    [
      'palworld',
      'OptionSettings=(bIsPvP=False,ExpRate=1.000000)',
      'ExpRate',
      '2.5',
      'OptionSettings=(bIsPvP=False,ExpRate=2.5)',
    ],
    ['palworld', 'OptionSettings=(bIsPvP=False)', 'bIsPvP', 'true', 'OptionSettings=(bIsPvP=True)'],
    [
      'spigot',
      'settings: {bungeecord: no} # x\n',
      'settings.bungeecord',
      'true',
      'settings: {bungeecord: true} # x\n',
    ],
    [
      'paper-global',
      "proxies: {velocity: {secret: ''}}",
      'proxies.velocity.secret',
      "it's",
      "proxies: {velocity: {secret: 'it''s'}}",
    ],
    [
      'paper-global',
      'proxies: {velocity: {secret: abc}}',
      'proxies.velocity.secret',
      'no',
      "proxies: {velocity: {secret: 'no'}}",
    ],
    [
      'paper-global',
      'proxies: {velocity: {secret: abc}}',
      'proxies.velocity.secret',
      '1.50',
      "proxies: {velocity: {secret: '1.50'}}",
    ],
    [
      'paper-global',
      'proxies: {velocity: {secret: abc}}',
      'proxies.velocity.secret',
      'True',
      "proxies: {velocity: {secret: 'True'}}",
    ],
    [
      'paper-global',
      'proxies: {velocity: {secret: abc}}',
      'proxies.velocity.secret',
      'abcd',
      'proxies: {velocity: {secret: abcd}}',
    ],
    [
      'bedrock-properties',
      'server-name=A\n',
      'server-name',
      'Grüße: a=b \\o/ #1',
      'server-name=Grüße: a=b \\o/ #1\n',
    ],
    ['bedrock-properties', 'server-name = A \r\n', 'server-name', 'B', 'server-name = B \r\n'],
    [
      'bedrock-properties',
      'server-name=A\n',
      'server-name',
      ' B',
      'The line in the file can’t hold these characters.',
    ],
    ['pocketmine-properties', 'motd=\\u00a7a\n', 'motd', '§bü', 'motd=§bü\n'],
    ['pocketmine-properties', 'pvp=on\n', 'pvp', 'false', 'pvp=false\n'],
    ['velocity', 'motd\t=\t"A"   # c\n', 'motd', 'Grüße "x"', 'motd\t=\t"Grüße \\"x\\""   # c\n'],
    ['velocity', "motd = 'A'\n", 'motd', 'a\\b', "motd = 'a\\b'\n"],
    ['velocity', "motd = 'A'\n", 'motd', "it's", 'motd = "it\'s"\n'],
    ['velocity', 'motd = 5\n', 'motd', '6', 'motd = "6"\n'],
    ['velocity', 'show-max-players = 1_000\n', 'show-max-players', '20', 'show-max-players = 20\n'],
    ['velocity', 'show-max-players = "5"\n', 'show-max-players', '20', 'show-max-players = "20"\n'],
    ['velocity', 'ping-passthrough = "ALL"\n', 'ping-passthrough', 'mods', 'ping-passthrough = "mods"\n'],
    [
      'velocity',
      'query = {enabled=false, port = 1 }\n',
      'query.port',
      '2',
      'query = {enabled=false, port = 2 }\n',
    ],
    [
      'paper-global',
      'proxies: {velocity: {secret: abc}}',
      'proxies.velocity.secret',
      '0123',
      "proxies: {velocity: {secret: '0123'}}",
    ],
  ])('of %s: %j, %s = %j gives %j', (name, text, key, value, result) => {
    if (result === 'refused') expect(fieldOf(name, text, key)?.blocked).not.toBeNull();
    else expect(set(name, text, key, value)).toBe(result);
  });

  it.each<[SettingsFileName, string, string, string, string]>([
    ['server-properties', 'motd=x\n', 'pvp', 'false', 'motd=x\npvp=false\n'],
    ['server-properties', 'motd=x', 'pvp', 'false', 'motd=x\npvp=false'],
    ['server-properties', '', 'motd', '§a', 'motd=\\u00a7a\n'],
    ['server-properties', '', 'motd', 'a: b', 'motd=a\\: b\n'],
    [
      'ark-user',
      '[ServerSettings]\nX=1\n\n[Other]\n',
      'ServerSettings/ServerPVE',
      'true',
      '[ServerSettings]\nX=1\nServerPVE=True\n\n[Other]\n',
    ],
    [
      'ark-user',
      '[Other]\n',
      'SessionSettings/SessionName',
      'A',
      '[Other]\n[SessionSettings]\nSessionName=A\n',
    ],
    ['bedrock-properties', '#x', 'server-name', 'Ü:', '#x\nserver-name=Ü:'],
    ['velocity', '', 'motd', 'A', 'motd = "A"\n'],
    ['velocity', 'x = 1 # c\n[servers]\n', 'motd', '5', 'x = 1 # c\nmotd = "5"\n[servers]\n'],
    ['velocity', '# top\n[servers]\n', 'online-mode', 'true', 'online-mode = true\n# top\n[servers]\n'],
    [
      'velocity',
      '[advanced]\nzz = [\n 1,\n] # c\n\n[query]\n',
      'advanced.read-timeout',
      '5',
      '[advanced]\nzz = [\n 1,\n] # c\nread-timeout = 5\n\n[query]\n',
    ],
    ['velocity', '[query] # q\n', 'query.port', '5', '[query] # q\nport = 5\n'],
    ['velocity', 'a = 1', 'query.port', '5', 'a = 1\n[query]\nport = 5'],
    ['palworld', 'OptionSettings=(A=1)', 'ServerName', 'true', 'OptionSettings=(A=1,ServerName="true")'],
    ['palworld', 'OptionSettings=(A=1, )', 'bIsPvP', 'true', 'OptionSettings=(A=1, bIsPvP=True)'],
    ['palworld', 'OptionSettings=()', 'bIsPvP', 'true', 'OptionSettings=(bIsPvP=True)'],
  ])('adds to %s: %j, %s = %j gives %j', (name, text, key, value, result) => {
    expect(fieldOf(name, text, key)).toMatchObject({ value: null, range: null, line: null });
    expect(set(name, text, key, value)).toBe(result);
  });

  it('adds no line behind a continued line, and none to YAML', () => {
    expect(fieldOf('server-properties', 'motd=a\\\n', 'pvp')).toBeUndefined();
    expect(fieldOf('spigot', 'settings: {}\n', 'settings.bungeecord')).toBeUndefined();
  });

  it('adds to no table of TOML that is closed or written in parts', () => {
    expect(fieldOf('velocity', 'query = { enabled = true }\n', 'query.port')).toBeUndefined();
    expect(fieldOf('velocity', 'query.enabled = true\n', 'query.port')).toBeUndefined();
  });

  it.each([
    '[query]\nport = { a = 1 }\n',
    '[query]\nport.a = 1\n',
    '[query]\n[query.port]\n',
    '[query]\n[[query.port]]\n',
  ])('adds no setting whose name is a table of TOML already: %j', (text) => {
    expect(fieldOf('velocity', text, 'query.port')).toBeUndefined();
    expect(fieldOf('velocity', text, 'query.enabled')).toBeDefined();
  });

  it('adds no setting of the first level whose name is a table of TOML already', () => {
    expect(fieldOf('velocity', '[motd]\n', 'motd')).toBeUndefined();
  });

  it('gives a value that comes back the bytes from before', () => {
    const edits = new FieldEdits();
    let text = 'motd=a:b\\u0063 #\n';
    for (const value of ['new', 'a:bc #']) {
      const form = formOf('server-properties', text);
      const field = fieldOf('server-properties', text, 'motd');
      if (form === null || field === undefined) throw new Error('no field');
      const change = edits.change(text, form, field, value);
      if ('insert' in change) text = text.slice(0, change.from) + change.insert + text.slice(change.to);
    }
    expect(text).toBe('motd=a:b\\u0063 #\n');
  });
});

it.each<[SettingsFileName, string]>([
  ['spigot', 'settings: [\n'],
  ['spigot', 'a: 1\n---\nb: 2\n'],
  ['velocity', 'a = 1\na = 2\n'],
  ['velocity', 'motd = x\n'],
  ['palworld', '[Section]\nOther=1\n'],
  ['palworld', 'OptionSettings=(A=1\n)'],
  ['palworld', 'OptionSettings=(ExpRate=1)\nOptionSettings=(ExpRate=2)\n'],
])('%s has no form for %j', (name, text) => {
  expect(formOf(name, text)).toBeNull();
});
