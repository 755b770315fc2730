import { describe, expect, it } from 'vitest';
import type { Startup, StartupVariable } from '../../../../bridge/schema/startup.js';
import { dots, isSecret, veiledCommand } from './secrets.js';

function variable(
  envVariable: string,
  name = envVariable,
  serverValue: string | null = null,
): StartupVariable {
  return { name, envVariable, description: '', defaultValue: '', serverValue, isEditable: true, rules: '' };
}

describe('isSecret', () => {
  it.each([
    ['PASSWORD', 'Password'],
    ['RCON_PASS', 'RCON'],
    ['ADMINPASSWORD', 'Admin'],
    ['STEAM_GSLT', 'Steam account'],
    ['DISCORD_TOKEN', 'Discord'],
    ['X', 'Forwarding secret'],
    ['STEAM_API_KEY', 'Web API'],
    ['Y', 'apiKey'],
  ])('%s (%s) is a secret', (env, name) => {
    expect(isSecret(variable(env, name))).toBe(true);
  });

  it.each([
    ['KEYBOARD', 'Keyboard layout'],
    ['MONKEY_COUNT', 'Monkeys'],
    ['COMPASS', 'Compass'],
    ['SERVER_JARFILE', 'Server jar'],
    ['PASSTHROUGH', 'Pass-through'.replace('-', '')],
  ])('%s (%s) is no secret', (env, name) => {
    expect(isSecret(variable(env, name))).toBe(false);
  });
});

describe('veiledCommand', () => {
  const startup: Startup = {
    variables: [variable('PASSWORD', 'Password', 'sk$&ld'), variable('WORLD', 'World', 'Midgard')],
    command: './run -world Midgard -password "sk$&ld"',
    template: './run -world {{WORLD}} -password "{{PASSWORD}}"',
    images: [],
  };

  it('masks secrets, and keeps the rest', () => {
    expect(veiledCommand(startup)).toEqual({
      text: `./run -world Midgard -password "${dots}"`,
      hides: true,
    });
  });

  it('masks no part of a command without secrets', () => {
    const command = './run -world Midgard -password "[hidden]"';
    expect(veiledCommand({ ...startup, command })).toEqual({ text: command, hides: false });
    expect(veiledCommand({ ...startup, template: './run', command: './run sk$&ld' }).hides).toBe(false);
  });
});
