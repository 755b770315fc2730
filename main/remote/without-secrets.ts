import { stripVTControlCharacters } from 'node:util';
import { commandSecretsIn } from '../../bridge/redaction/command-secrets.js';
import { isSecretName } from '../../bridge/redaction/secret-names.js';
import { isOrdinary, secretsIn, unquoted, withoutSecretTexts } from '../../bridge/redaction/secret-texts.js';
import { writtenForms } from '../../bridge/redaction/written-forms.js';
import type { Startup, StartupVariable } from '../../bridge/schema/startup.js';
import { masked, WrappedSecrets } from './wrapped-secrets.js';

/** Length from which a value is hidden inside words as well. A shorter value is hidden only as a separate word. */
const shortest = 4;
const hidden = '***';
const isAddress = /^["']?[\w+.-]+:\/\/\S+$/;

/** Validation rules of a variable that allows only two well-known values. */
const isSwitch = /(?:^|\|)(?:boolean|in:[01],[01])(?:\||$)/;

/** Hides secrets in a text. `source` = where the lines of a console come from. */
export type HideSecrets = (text: string, source?: string) => string;

/** The startup without secret values, which are hidden in the command and in other variables as well. */
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
      // Some panels write the default into these texts.
      description: cut(variable.description),
      rules: cut(variable.rules),
    };
  });
  return { ...startup, variables, command: cut(startup.command), template: cut(startup.template) };
}

/**
 * Returns a function that hides the secret values in a text, and values that look secret by the text around them.
 *
 * The function also removes colours, because a colour change inside a value would hide the match. With `areLines` it
 * gets the lines of a console in their order, and also hides values that lines wrap.
 */
export function secretsHidden(
  startup: Pick<Startup, 'variables'> & Partial<Pick<Startup, 'command' | 'template'>>,
  { areLines = false } = {},
): HideSecrets {
  const { variables, command = '', template = '' } = startup;
  const ofSecrets = variables
    .filter((variable) => isSecret(variable) && !isSwitch.test(variable.rules))
    .flatMap(valuesOf)
    .flatMap((value) => [value, unquoted(value.trim())]);
  // A shorter text would be hidden in many lines.
  const partsOfSecrets = [
    ...ofSecrets.flatMap((value) => value.split(/[\r\n]+/)),
    ...[...variables.flatMap(valuesOf), command, template].flatMap((text) =>
      secretsIn(plainText(text)).flatMap((secret) => [secret, decoded(secret)]),
    ),
  ].filter((part) => part.trim().length >= shortest);
  const values = [...ofSecrets, ...partsOfSecrets]
    .map((value) => plainText(value).trim())
    .filter((value) => !isOrdinary(value));
  const forms = [...new Set(values.flatMap(writtenForms))].filter((form) => form !== '');
  const wrapped = new WrappedSecrets(areLines ? forms : []);
  const patterns = forms.filter(({ length }) => length >= shortest).map(patternOf);
  const words = forms.filter(({ length }) => length < shortest).map(patternOf);
  return (text, source = '') => {
    const plain = plainText(text);
    const whole = patterns.flatMap((pattern) =>
      [...plain.matchAll(pattern)].map(({ index, 0: found }) => ({ from: index, to: index + found.length })),
    );
    // On the same text, because one value may be part of another.
    const shown = masked(plain, [...whole, ...wrapped.rangesIn(plain, source), ...commandSecretsIn(plain)]);
    return withoutSecretTexts(words.reduce((rest, pattern) => rest.replace(pattern, hidden), shown));
  };
}

function valuesOf({ serverValue, defaultValue }: StartupVariable): string[] {
  return [serverValue ?? '', defaultValue];
}

/** The text of a part of a URL. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function patternOf(value: string): RegExp {
  const literal = value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return value.length < shortest
    ? new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'giu')
    : new RegExp(literal, 'giu');
}

/** The text without escape sequences and invisible characters, as a user sees it. */
function plainText(text: string): string {
  return stripVTControlCharacters(text).replace(
    /(?![\t\n\r])[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Cf}]/gu,
    '',
  );
}

function isSecret(variable: StartupVariable): boolean {
  return (
    [variable.envVariable, variable.name].some(isSecretName) ||
    valuesOf(variable).some((value) => isAddress.test(value) && secretsIn(plainText(value)).length > 0)
  );
}
