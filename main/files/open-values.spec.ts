import { expect, it } from 'vitest';
import { aVariable } from '../../tests/support/fleet-fakes.js';
import { openCommand, openValues } from './open-values.js';

const startup = (variables: ReturnType<typeof aVariable>[], template = './run') => ({
  variables,
  template,
  command: template,
  images: [],
});

it('keeps plain values, and the default of a variable that was never set', () => {
  const version = { ...aVariable('VERSION', ''), serverValue: null, defaultValue: 'latest' };
  expect(openValues(startup([aVariable('JAR', 'paper.jar'), version, aVariable('EMPTY', '')]))).toEqual({
    JAR: 'paper.jar',
    VERSION: 'latest',
    EMPTY: '',
  });
});

it.each([
  ['by the name', aVariable('RCON_PASSWORD', 'hunter2')],
  ['by the label', { ...aVariable('X1', 'hunter2'), name: 'Admin password' }],
  ['by another language', aVariable('HASŁO', 'hunter2')],
  ['by the rule', { ...aVariable('X1', 'hunter2'), rules: 'required|string|password' }],
  ['by an option within', aVariable('ARGS', '-nogui +rcon_password hunter2')],
  ['by an address', aVariable('DATABASE', 'mysql://perch:hunter2@db:3306/perch')],
  ['by the form', aVariable('LOGIN', 'ptlc_abcdefghijklmnopqrstuvwxyz0123456789')],
  ['by the length', aVariable('MOTD', 'hunter2'.repeat(100))],
])('keeps no secret %s', (_how, variable) => {
  expect(openValues(startup([variable]))).toEqual({});
});

it.each([
  '+server.ip 0.0.0.0 +rcon.password {{RCON_PASS}} +server.level "{{LEVEL}}"',
  './srcds_run +sv_setsteamaccount {{STEAM_ACC}} +map {{MAP}}',
  './valheim -password "{{PASSWORD}}" -public 1',
  `java ${'-Dflag=1 '.repeat(100)}-jar {{JAR}}`,
])('keeps a command that names a secret only as a placeholder: %s', (template) => {
  expect(openCommand(startup([], template))).toBe(template);
});

it('keeps no command with a secret beside placeholders', () => {
  expect(openCommand(startup([], './run +map {{MAP}} +rcon_password hunter2'))).toBeNull();
});

it('keeps no value and no command that holds the value of a secret', () => {
  const variables = [aVariable('RCON_PASS', 'hunter2'), aVariable('MOTD', 'Join with hunter2')];
  expect(openValues(startup(variables))).toEqual({});
  expect(openCommand(startup(variables, './run --with hunter2'))).toBeNull();
  expect(openCommand(startup(variables, './run -p {{RCON_PASS}}'))).toBe('./run -p {{RCON_PASS}}');
});
