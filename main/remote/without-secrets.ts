import type { Startup, StartupVariable } from '../../bridge/domain.js';

/** What the variable of a password or a token is called, as far as eggs agree. */
const secret =
  /(?:^|_| )pass(?:word|wd|phrase)?(?:$|[^a-z])|secret|token|api_?key|private_?key|credential|gslt/i;
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
      .reduce((rest, value) => rest.replaceAll(value, hidden), text);
  return { ...startup, variables, command: cut(startup.command), template: cut(startup.template) };
}

function isSecret({ name, envVariable }: StartupVariable): boolean {
  return secret.test(envVariable) || secret.test(name);
}
