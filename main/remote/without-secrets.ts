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

/** For programs: the values that look secret are left out, also where the command shows them. */
export function withoutSecrets(startup: Startup): Startup {
  const values = new Set<string>();
  const hide = (value: string | null): string | null => {
    if (value === null || value === '') return value;
    values.add(value);
    return hidden;
  };
  const variables = startup.variables.map((variable): StartupVariable =>
    isSecret(variable)
      ? {
          ...variable,
          serverValue: hide(variable.serverValue),
          defaultValue: hide(variable.defaultValue) ?? '',
        }
      : variable,
  );
  const cut = (text: string): string =>
    [...values]
      .filter((value) => value.length >= shortest)
      // One may be a part of another.
      .sort((a, b) => b.length - a.length)
      .reduce((rest, value) => rest.replaceAll(value, hidden), text);
  return { ...startup, variables, command: cut(startup.command), template: cut(startup.template) };
}

function isSecret({ name, envVariable, serverValue, defaultValue }: StartupVariable): boolean {
  return (
    [envVariable, name].some((text) => secret.test(text)) ||
    [serverValue ?? '', defaultValue].some((value) => openAddress.test(value))
  );
}
