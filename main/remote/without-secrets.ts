import { stripVTControlCharacters } from 'node:util';
import type { Startup, StartupVariable } from '../../bridge/schema/domain.js';
import { isSecretName } from './secret-names.js';

/** An address with the password in it. */
const openAddress = /:\/\/[^\s/]*:\S*@/;
/** A shorter value is cut out where it stands alone only: it may be a part of any word. */
const shortest = 4;
const hidden = '***';

/** What is in many a line that holds no secret, where a variable is called like one: `STEAM_AUTH=true`. */
const ordinary = /^(?:true|false|none|null|yes|no|on|off)$/i;
/** Such a rule allows two values that everybody knows. */
const isSwitch = /(?:^|\|)(?:boolean|in:[01],[01])(?:\||$)/;

/** For programs: the values that look secret are left out, also where the command or another variable shows them. */
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

/** Cuts those values out of a text, which loses what colours it: a value in two colours would pass as two pieces. */
export function secretsHidden({ variables }: Pick<Startup, 'variables'>): (text: string) => string {
  const values = variables
    .filter((variable) => isSecret(variable) && !isSwitch.test(variable.rules))
    .flatMap(({ serverValue, defaultValue }) => [serverValue ?? '', defaultValue])
    .map((value) => plainText(value).trim())
    .filter((value) => value !== '' && !ordinary.test(value));
  const patterns = [...new Set(values.flatMap(writtenForms))]
    // One may be a part of another.
    .sort((a, b) => b.length - a.length)
    .map(patternOf);
  return (text) => patterns.reduce((rest, pattern) => rest.replace(pattern, hidden), plainText(text));
}

/** As a value stands in a command, in JSON and in an address. */
function writtenForms(value: string): string[] {
  return [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value.replace(/\p{Cs}/gu, ''))];
}

function patternOf(value: string): RegExp {
  const literal = value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return value.length < shortest
    ? new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'gu')
    : new RegExp(literal, 'gu');
}

/** Nothing in it moves, colours or hides: what is left is what a person sees, and what a program gets. */
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
