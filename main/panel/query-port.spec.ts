import { describe, expect, it } from 'vitest';
import { fastest } from '../../tests/support/fastest.js';
import { queryPortIn } from './query-port.js';
import { serverItem } from './wire/server.js';

const variable = (name: string, value: string) => ({ name, value });
/** The smallest valid server. */
const named = {
  uuid: 'aaaaaaaa-0000-4000-8000-000000000001',
  identifier: 'aaaaaaaa',
  name: 'Survival',
  node: 'Berlin',
};

describe('the port for queries', () => {
  it.each([
    [
      'ARK',
      './ShooterGameServer TheIsland?listen?ServerAdminPassword=x?Port=7777?RCONPort=27020?QueryPort=27015?MaxPlayers=12',
      27_015,
    ],
    [
      'Rust',
      './RustDedicated -batchmode +server.port 25571 +server.queryport 27017 +rcon.port 28016 +rcon.password "a"',
      27_017,
    ],
    ['TeamSpeak', './ts3server default_voice_port=9987 query_port=10011 query_http_port=10080', 10_011],
    ['Avorion', '--port 27000 --query-port 27003 --steam-query-port 27020', 27_020],
    ['Conan Exiles', 'ConanSandbox -Port=7777 -QueryPort="27016"', 27_016],
    ['nothing', 'java -Xms128M -jar server.jar', null],
    ['a port of something else', 'query_http_port=10080 -port 5', null],
    ['a value that the panel hides', '-QueryPort=[hidden]', null],
    ['no port', '-QueryPort=99999', null],
  ])('is read from the startup command: %s', (_game, command, port) => {
    expect(queryPortIn(command, [])).toBe(port);
  });

  it('is read from a variable, after the command', () => {
    const told = [variable('QUERY_PORT', '27015'), variable('SERVER_PORT', '7777')];
    expect(queryPortIn('', told)).toBe(27_015);
    expect(queryPortIn('-QueryPort=27016', told)).toBe(27_016);
    expect(queryPortIn('', [...told, variable('STEAM_QUERY_PORT', '27020')])).toBe(27_020);
    expect(queryPortIn('', [variable('QUERY_PORT', '; rm -rf')])).toBe(null);
    expect(queryPortIn('', [variable('QUERY_PORT', '0')])).toBe(null);
  });

  it('is part of a server as panels send it', () => {
    const of = (fields: object) => serverItem.parse({ attributes: { ...named, ...fields } }).queryPort;
    const sent = (name: string, value: unknown, usual: unknown = '') => ({
      object: 'egg_variable',
      attributes: { env_variable: name, server_value: value, default_value: usual },
    });
    const told = (...data: unknown[]) => of({ relationships: { variables: { object: 'list', data } } });
    expect(of({ invocation: './RustDedicated +server.port 1 +server.queryport 28017' })).toBe(28_017);
    expect(told(sent('QUERY_PORT', '27015'))).toBe(27_015);
    expect(told(sent('QUERY_PORT', null, 27_016))).toBe(27_016);
    expect(told(7, sent('QUERY_PORT', {}), sent('QUERY_PORT', '27017'))).toBe(27_017);
    expect(of({ relationships: { variables: { object: 'null_resource', attributes: null } } })).toBe(
      undefined,
    );
  });

  it('takes no time for a hostile command', () => {
    const hostile = 'query_port '.repeat(2000) + ' '.repeat(10_000);
    expect(queryPortIn(hostile, [])).toBe(null);
    expect(fastest(() => queryPortIn(hostile, []))).toBeLessThan(200);
  });
});
