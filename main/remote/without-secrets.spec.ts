import { describe, expect, it } from 'vitest';
import type { StartupVariable } from '../../bridge/schema/startup.js';
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

  it('hides an address with a key, a user that is a token, or a webhook', () => {
    const values = [
      'https://maps.example/?size=9&api_key=hunter22',
      'https://hunter22hunter22@git.example/x.git',
      'https://chat.example/api/webhooks/123/hunter22-x',
      'redis://:hunter22@db',
      'mysql://perch:p/ss@db',
    ];
    expect(
      shown(values.map((value, at) => variable(`URL_${at}`, value))).variables.map((one) => one.serverValue),
    ).toEqual(values.map(() => '***'));
  });

  it('hides an address if only its default contains a password, and keeps an empty value', () => {
    const open = { ...variable('DB_URL', null), defaultValue: 'mysql://perch:hunter22@db' };
    const set = { ...variable('DB_URL', ''), defaultValue: 'mysql://perch:hunter22@db' };
    expect(shown([open, set]).variables).toMatchObject([
      { serverValue: null, defaultValue: '***' },
      { serverValue: '', defaultValue: '***' },
    ]);
  });

  it('hides a variable of which only the label looks secret', () => {
    const { variables } = shown([{ ...variable('SV_1', 'hunter22'), name: 'Admin password' }]);
    expect(variables[0]).toMatchObject({ serverValue: '***' });
  });

  it('hides a secret in the description and the rules of each variable', () => {
    const [one] = shown([
      { ...variable('DBPASS', 'hunter22'), description: 'Now hunter22.', rules: 'required|in:hunter22' },
    ]).variables;
    expect(one).toMatchObject({ description: 'Now ***.', rules: 'required|in:***' });
  });

  it('hides the secrets in a variable with options, and keeps the other options', () => {
    const { variables, command } = shown(
      [variable('ARGS', '--token hunter22 --map island -Drcon.password="a b" +auth 1')],
      './start hunter22',
    );
    expect(variables[0]).toMatchObject({
      serverValue: '--token *** --map island -Drcon.password="***" +auth 1',
    });
    expect(command).toBe('./start ***');
  });

  it('hides a secret that is written out in the template or the command', () => {
    const startup = { variables: [], images: [], template: '-pass hunter22 -x', command: 'run --key=abcd1' };
    expect(withoutSecrets(startup)).toMatchObject({ template: '-pass *** -x', command: 'run --key=***' });
    expect(secretsHidden(startup)('hunter22 abcd1')).toBe('*** ***');
  });

  it('keeps placeholders in the template', () => {
    const template = '+rcon_password {{RCON_PASSWORD}} --token=${TOKEN} --key=[hidden]';
    expect(withoutSecrets({ variables: [], command: '', template, images: [] }).template).toBe(template);
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

describe('secretsHidden in lines of a console', () => {
  it.each([
    ['changeme', ['pw changeme-Xy', '81Kq on'], ['pw ***', '*** on']],
    ['Xy81', ['pw changeme-Xy81', 'Kq on'], ['pw ***', '*** on']],
  ])('hides a wrapped value that begins with or holds another value (%s)', (other, lines, told) => {
    const variables = [variable('RCON_PASSWORD', 'changeme-Xy81Kq'), variable('DBPASS', other)];
    const hide = secretsHidden({ variables }, { areLines: true });
    expect(lines.map((line) => hide(line, 'server'))).toEqual(told);
  });

  it('hides a whole value that ends as it begins', () => {
    const hide = secretsHidden({ variables: [variable('DBPASS', 'abab-abab')] }, { areLines: true });
    expect(hide('pw abab-abab', 'server')).toBe('pw ***');
  });
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

  it.each([
    ['in capitals', 'pw HUNTER22', 'pw ***'],
    ['in JSON with escaped signs', '{"x":"say \\"b\\" \\u0026 go"}', '{"x":"***"}'],
    ['in a form', 'x=say+%22b%22+%26+go', 'x=***'],
    ['in an address with small hexadecimal letters', '?x=s%2fx%27%28', '?x=***'],
    ['in an address with few escaped letters', '?x=say%20%22b%22%20&%20go', '?x=***'],
    ['in HTML', '<a x="say &quot;b&quot; &amp; go">', '<a x="***">'],
    ['with escaped blanks', 'run say\\ \\"b\\"\\ \\&\\ go', 'run ***'],
    ['in single quotation marks of a shell', "run 's/x'\\''('", "run '***'"],
    ['in JSON with escaped slashes', '"s\\/x\'("', '"***"'],
    ['in Base64', 'basic aHVudGVyMjI=', 'basic ***='],
    ['in Base64 without padding', 'x YWIxMg z', 'x *** z'],
    ['in a line of four letters', 'xfourx', 'x***x'],
    ['with quotation marks and blanks around it in the panel', 'x spaced-pw', 'x ***'],
    ['as the password of an address that is wrongly escaped', 'x p%zz', 'x ***'],
    ['in one line of many', 'line-two-of-key', '***'],
    ['without its quotation marks', 'pw quoted-pw', 'pw ***'],
    ['as the password of an address', 'pw h@nter-33', 'pw ***'],
    ['as the password of an address, as written there', 'pw h%40nter-33', 'pw ***'],
    ['of four letters within a word', 'xab12x', 'x***x'],
    ['that looks like a placeholder', 'x $PLACE', 'x ***'],
    ['of two letters beside a sign', '(a1)', '(***)'],
    ['that begins with an ordinary word', 'pw onward', 'pw ***'],
    ['that ends with an ordinary word', 'pw sunoff', 'pw ***'],
    ['with blanks around it in the panel', 'pw blanked!', 'pw ***!'],
  ])('cuts out a value %s', (_what, text, told) => {
    const hideAll = secretsHidden({
      variables: [
        ...['hunter22', 'say "b" & go', "s/x'(", 'ab12', 'a1', 'onward', 'sunoff', ' blanked ', '$PLACE'].map(
          (value, at) => variable(`PASSWORD_${at}`, value),
        ),
        variable('PRIVATE_KEY', 'line-one-of-key\r\n line-two-of-key \nfour\n{   '),
        variable('SPACED_PASSWORD', ' "spaced-pw" '),
        variable('WRONG_URL', 'mysql://perch:p%zz@db'),
        variable('QUOTED_PASSWORD', '"quoted-pw"'),
        variable('DB_URL', 'mysql://perch:h%40nter-33@db'),
      ],
    });
    expect(hideAll(text)).toBe(told);
    expect(hideAll('{ 100% }')).toBe('{ 100% }');
  });

  it('shows a line as it is if a value has no visible letter', () => {
    const hideNothing = secretsHidden({
      variables: [variable('PASSWORD', '\ud800'), variable('TOKEN', '""'), variable('API_KEY', ' ')],
    });
    expect(hideNothing('( a )')).toBe('( a )');
  });

  it.each([
    ['boolean', '1 player'],
    ['boolean|required', '1 player'],
    ['required|in:0,1', '1 player'],
    ['in:1,0|nullable', '1 player'],
    ['required|in:1,2', '*** player'],
    ['required|in:2,1', '*** player'],
    ['required|in:0,1,2', '*** player'],
    ['required', '*** player'],
  ])('decides by the rules %s whether 1 is a switch', (rules, told) => {
    const hideSwitch = secretsHidden({ variables: [{ ...variable('STEAM_AUTH', '1'), rules }] });
    expect(hideSwitch('1 player')).toBe(told);
  });

  it.each([
    ['login Olive sunshine', 'login ***'],
    ['Olive issued server command: /login sunshine', 'Olive issued server command: /login ***'],
    ['login failed for Olive', 'login failed for Olive'],
    ['[12:00:00 INFO]: <Olive> login with me', '[12:00:00 INFO]: <Olive> login with me'],
  ])('shows of the line %j only %j', (line, told) => {
    expect(secretsHidden({ variables: [] }, { areLines: true })(line)).toBe(told);
  });

  it('cuts a secret out of the other variables', () => {
    const { variables } = shown([variable('DBPASS', 'hunter22'), variable('ARGS', '--db hunter22')]);
    expect(variables[1]).toMatchObject({ serverValue: '--db ***', defaultValue: '--db ***' });
  });
});
