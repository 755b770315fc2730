import { describe, expect, it } from 'vitest';
import type { StartupVariable } from '../../bridge/domain.js';
import { withoutSecrets } from './without-secrets.js';

function variable(envVariable: string, serverValue: string | null): StartupVariable {
  const defaultValue = serverValue ?? '';
  return {
    name: envVariable,
    description: '',
    envVariable,
    defaultValue,
    serverValue,
    isEditable: true,
    rules: '',
  };
}

function shown(variables: StartupVariable[], command = '') {
  return withoutSecrets({ variables, command, template: '', images: [] });
}

describe('withoutSecrets', () => {
  it.each([
    'RCON_PASSWORD',
    'RCON_PASS',
    'SERVER_PASSWD',
    'STEAM_GSLT',
    'DISCORD_TOKEN',
    'API_KEY',
    'Secret',
  ])('hides the value of %s, also in the command', (name) => {
    const { variables, command } = shown([variable(name, 'hunter22')], './start --with hunter22');
    expect(variables[0]).toMatchObject({ serverValue: '***', defaultValue: '***' });
    expect(command).toBe('./start --with ***');
  });

  it.each(['SERVER_JARFILE', 'COMPASS', 'KEYBOARD', 'PASSENGERS'])('shows the value of %s', (name) => {
    expect(shown([variable(name, 'server.jar')], 'server.jar')).toMatchObject({
      variables: [{ serverValue: 'server.jar' }],
      command: 'server.jar',
    });
  });

  it('leaves what was never set, and does not cut a command to pieces', () => {
    expect(shown([variable('TOKEN', null), variable('PASSWORD', '1')], 'run -Xmx1024M')).toMatchObject({
      variables: [{ serverValue: null }, { serverValue: '***' }],
      command: 'run -Xmx1024M',
    });
  });
});
