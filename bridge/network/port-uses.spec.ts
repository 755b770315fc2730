import { expect, it } from 'vitest';
import { missingPorts, portUses } from './port-uses.js';

const variable = (
  envVariable: string,
  serverValue: string | null,
  defaultValue = '',
  name = envVariable,
) => ({
  name,
  envVariable,
  serverValue,
  defaultValue,
});

it.each([
  ['25575', '', ['RCON_PORT']],
  [' 25575 ', '', ['RCON_PORT']],
  [null, '25575', ['RCON_PORT']],
  ['25576', '25575', []],
  ['255750', '', []],
  ['25575.5', '', []],
])('the value %j (default %j) is the port 25575: %j', (value, otherwise, names) => {
  expect(portUses({ port: 25_575 }, [variable('RCON_PORT', value, otherwise)])).toEqual(names);
});

it('names a variable as the panel does, or by its key', () => {
  const variables = [variable('QUERY_PORT', '27015', '', 'Query port'), variable('X', '27015', '', ' ')];
  expect(portUses({ port: 27_015 }, variables)).toEqual(['Query port', 'X']);
});

it('a small number is no port', () => {
  expect(portUses({ port: 100 }, [variable('MAX_PLAYERS', '100')])).toEqual([]);
});

it('finds ports of variables that no address has, and leaves other numbers alone', () => {
  const variables = [
    variable('RCON_PORT', '25575'),
    variable('APP_PORT', '28082'),
    variable('MAX_MEMORY', '4096'),
    variable('REPORT_SIZE', '5000'),
    variable('QUERY_PORT', 'auto'),
  ];
  expect(missingPorts([{ port: 25_575 }], variables).map(({ envVariable }) => envVariable)).toEqual([
    'APP_PORT',
  ]);
});
