import type { Startup, StartupVariable } from '../../bridge/domain.js';

/** What the variable of a password or a token is called, as far as eggs agree. */
const secret = new RegExp(
  [
    // Not the end of a compass, nor the begin of passengers.
    '(?:^|[_ -]|rcon|admin|server)pass(?:$|[^a-z])',
    'passwor[dt]|passwd|passphrase|pwd?(?:$|[^a-z])',
    '(?:^|[_ -])keys?(?:$|[^a-z])|(?:api|private|auth|licen[cs]e)key',
    'auth(?!ors?(?:$|[^a-z]))',
    'secret|token|credential|gslt|licen[cs]e|webhook',
  ].join('|'),
  'i',
);
/** An address with the password in it. */
const openAddress = /:\/\/[^\s/]*:\S*@/;
/** A shorter one may be a part of anything. */
const shortest = 4;
const hidden = '***';

/** What is in many a line that holds no secret, where a variable is called like one: `STEAM_AUTH=true`. */
const ordinary = /^(?:true|false|none|null)$/i;

/** For programs: the values that look secret are left out, also where the command shows them. */
export function withoutSecrets(startup: Startup): Startup {
  const cut = secretsHidden(startup);
  const hide = (value: string): string => (value === '' ? value : hidden);
  const variables = startup.variables.map((variable): StartupVariable => {
    const { serverValue, defaultValue } = variable;
    if (!isSecret(variable)) return variable;
    return {
      ...variable,
      serverValue: serverValue === null ? null : hide(serverValue),
      defaultValue: hide(defaultValue),
    };
  });
  return { ...startup, variables, command: cut(startup.command), template: cut(startup.template) };
}

/** Cuts those values out of a text. */
export function secretsHidden({ variables }: Pick<Startup, 'variables'>): (text: string) => string {
  const values = variables
    .filter(isSecret)
    .flatMap(({ serverValue, defaultValue }) => [serverValue ?? '', defaultValue])
    .filter((value) => value.length >= shortest && !ordinary.test(value))
    // One may be a part of another.
    .sort((a, b) => b.length - a.length);
  return (text) => values.reduce((rest, value) => rest.replaceAll(value, hidden), text);
}

function isSecret({ name, envVariable, serverValue, defaultValue }: StartupVariable): boolean {
  return (
    [envVariable, name].some((text) => secret.test(text)) ||
    [serverValue ?? '', defaultValue].some((value) => openAddress.test(value))
  );
}
