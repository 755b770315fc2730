import { describe, expect, it } from 'vitest';
import type { StartupVariable } from '../../bridge/schema/domain.js';
import { secretsHidden, withoutSecrets } from './without-secrets.js';

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
    'FIVEM_LICENSE',
    'DISCORD_WEBHOOK',
    'LICENSE_KEY',
    'AUTH_KEY',
    'STEAM_AUTH',
    'SRV_PW',
    'ADMINPASSWORD',
    'RCONPASS',
    'ADMIN_PW',
    'RCON_PASSWORT',
    'MYSQLPASS',
    'DBPASS',
    'MyDbPass',
    'PASSCODE',
    'CDKEY',
    'PRIVKEY',
    'JWT',
    'OTP',
    'ADMIN_PIN',
    'Mot de passe',
    'motDePasse',
    'MOT_DE_PASSE_ADMIN',
    'Haslo',
    'Hasło serwera',
    'Contrasena',
    'Contraseña',
    'CONTRASENA_RCON',
    'Kennwort',
    'Schlüssel',
    'Wachtwoord',
    'Senha',
    'Chiave',
    'Lösenord',
    'Heslo',
    'Jelszó',
    'Şifre',
    'Пароль',
    'Κωδικός',
    '密码',
    'パスワード',
    '비밀번호',
  ])('hides the value of %s, also in the command', (name) => {
    const { variables, command } = shown([variable(name, 'hunter22')], './start --with hunter22');
    expect(variables[0]).toMatchObject({ serverValue: '***', defaultValue: '***' });
    expect(command).toBe('./start --with ***');
  });

  it.each([
    ...['SERVER_JARFILE', 'COMPASS', 'BYPASS', 'KEYBOARD', 'PASSENGERS', 'AUTHOR', 'MONKEY', 'HOTKEY'],
    ...['PINGS', 'SPAWN_POINT', 'PATH', 'TOTAL', 'Clef de sol', 'MAP_PINE'],
  ])('shows the value of %s', (name) => {
    expect(shown([variable(name, 'server.jar')], 'server.jar')).toMatchObject({
      variables: [{ serverValue: 'server.jar' }],
      command: 'server.jar',
    });
  });

  it('hides an address that contains the password', () => {
    const { variables } = shown([
      variable('MYSQL_URL', 'mysql://perch:hunter22@db:3306/perch'),
      variable('MAP_URL', 'https://maps.example:8080/a'),
    ]);
    expect(variables.map(({ serverValue }) => serverValue)).toEqual(['***', 'https://maps.example:8080/a']);
  });

  it('hides a whole value that contains another value', () => {
    const variables = [variable('RCON_PASSWORD', 'hunter'), variable('ADMIN_PASSWORD', 'hunter-and-more')];
    expect(shown(variables, 'run hunter-and-more hunter').command).toBe('run *** ***');
  });

  it('keeps unset values, and does not cut a command to pieces', () => {
    expect(shown([variable('TOKEN', null), variable('PASSWORD', '1')], 'run -Xmx1024M')).toMatchObject({
      variables: [{ serverValue: null }, { serverValue: '***' }],
      command: 'run -Xmx1024M',
    });
  });
});

it('a secret that is an ordinary word in many lines is not cut out of longer words', () => {
  const hide = secretsHidden({
    variables: [variable('STEAM_AUTH', 'true'), variable('API_KEY', 'hunter22')],
  });
  expect(hide('online-mode=true, key=hunter22')).toBe('online-mode=true, key=***');
});

describe('secretsHidden', () => {
  const hide = secretsHidden({
    variables: [
      variable('DBPASS', 'hunter22'),
      variable('PASSCODE', 'a1'),
      variable('RCON_PASSWORD', 'say "b" & go'),
      { ...variable('STEAM_AUTH', '1'), rules: 'required|boolean' },
    ],
  });

  it.each([
    ['a colour within the value', 'pw hun\u001b[31mter\u001b[0m22!', 'pw ***!'],
    ['a title within the value', 'pw hunt\u001b]0;x\u0007er22', 'pw ***'],
    ['a control character within the value', 'pw hunter\u000022', 'pw ***'],
    ['letters that nobody sees within the value', 'pw hun\u200b\u2060\ufe0fter22', 'pw ***'],
    ['a value of two letters', 'code a1, a10 and ba1', 'code ***, a10 and ba1'],
    ['a value in JSON', '{"pw":"say \\"b\\" & go"}', '{"pw":"***"}'],
    ['a value in an address', 'http://x/?pw=say%20%22b%22%20%26%20go', 'http://x/?pw=***'],
  ])('cuts out %s', (_what, text, told) => {
    expect(hide(text)).toBe(told);
  });

  it('keeps a switch of two values in the lines', () => {
    expect(hide('1 player')).toBe('1 player');
  });

  it('cuts a secret out of the other variables', () => {
    const { variables } = shown([variable('DBPASS', 'hunter22'), variable('ARGS', '--db hunter22')]);
    expect(variables[1]).toMatchObject({ serverValue: '--db ***', defaultValue: '--db ***' });
  });
});
