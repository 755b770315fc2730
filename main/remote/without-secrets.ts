import { stripVTControlCharacters } from 'node:util';
import type { Startup, StartupVariable } from '../../bridge/schema/domain.js';
import { isSecretName } from './secret-names.js';

/** A URL that contains a password. */
const openAddress = /:\/\/[^\s/]*:\S*@/;
/** Length from which a value is hidden inside words as well. A shorter value is hidden only as a separate word. */
const shortest = 4;
const hidden = '***';

/** Common values that are no secret even if the variable's name looks like one: `STEAM_AUTH=true`. */
const ordinary = /^(?:true|false|none|null|yes|no|on|off)$/i;
/** Validation rules of a variable that allows only two well-known values. */
const isSwitch = /(?:^|\|)(?:boolean|in:[01],[01])(?:\||$)/;

/** For programs: the startup without secret values. They are hidden in the command and in other variables as well. */
export function withoutSecrets(startup: Startup): Startup {
  const cut = secretsHidden(startup);
  const hide = (value: string): string => (value === '' ? value : hidden);
  const variables = startup.variables.map((variable): StartupVariable => {
    const { serverValue, defaultValue } = variable;
    const change = isSecret(variable) ? hide : cut;
    return {
      ...variable,
      serverValue: serverValue === null ? null : change(serverValue),
      defaultValue: change(defaultValue),
    };
  });
  return { ...startup, variables, command: cut(startup.command), template: cut(startup.template) };
}

/**
 * Returns a function that hides the secret values in a text.
 *
 * The function also removes colours, because a colour change inside a value would hide the match.
 */
export function secretsHidden({ variables }: Pick<Startup, 'variables'>): (text: string) => string {
  const values = variables
    .filter((variable) => isSecret(variable) && !isSwitch.test(variable.rules))
    .flatMap(({ serverValue, defaultValue }) => [serverValue ?? '', defaultValue])
    .map((value) => plainText(value).trim())
    .filter((value) => value !== '' && !ordinary.test(value));
  const patterns = [...new Set(values.flatMap(writtenForms))]
    // Longest first, because one value may be part of another.
    .sort((a, b) => b.length - a.length)
    .map(patternOf);
  return (text) => patterns.reduce((rest, pattern) => rest.replace(pattern, hidden), plainText(text));
}

/** The forms of a value: as in a command, in JSON and in a URL. */
function writtenForms(value: string): string[] {
  return [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value.replace(/\p{Cs}/gu, ''))];
}

function patternOf(value: string): RegExp {
  const literal = value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return value.length < shortest
    ? new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'gu')
    : new RegExp(literal, 'gu');
}

/** The text without escape sequences and invisible characters, as a user sees it. */
function plainText(text: string): string {
  return stripVTControlCharacters(text).replace(
    /(?![\t\n\r])[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Cf}]/gu,
    '',
  );
}

function isSecret({ name, envVariable, serverValue, defaultValue }: StartupVariable): boolean {
  return (
    [envVariable, name].some(isSecretName) ||
    [serverValue ?? '', defaultValue].some((value) => openAddress.test(value))
  );
}
