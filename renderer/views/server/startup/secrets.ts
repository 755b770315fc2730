/** Recognizes secret startup variables by name, and masks them in a start command. */
import type { Startup, StartupVariable } from '../../../../bridge/schema/startup.js';
import { savedValue } from '../../../state/forms/startup-values.js';

type Named = Pick<StartupVariable, 'name' | 'envVariable'>;

/** Mask of a secret; always of the same length, because a length would reveal something about the secret. */
export const dots = '••••••••';

const always = /passwd|passwort|password|passphrase/i;
const asWord = new Set([
  ...['pass', 'pw', 'pwd', 'psw', 'secret', 'secrets', 'token', 'tokens', 'key', 'keys', 'apikey'],
  ...['authkey', 'webhook', 'credentials', 'gslt', 'glst'],
]);

/** Whether a variable's name marks its value as a secret. */
export function isSecret({ name, envVariable }: Named): boolean {
  if (always.test(name) || always.test(envVariable)) return true;
  const words = `${spaced(name)} ${spaced(envVariable)}`.toLowerCase().split(/[^\p{L}\d]+/u);
  return words.some((word) => asWord.has(word));
}

/** `steamApiKey` -> `steam Api Key`. */
function spaced(name: string): string {
  return name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
}

/** Rendered command with masked secrets; `hides` = at least one secret is masked. */
export function veiledCommand({ command, template, variables }: Startup): { text: string; hides: boolean } {
  const values = variables
    .filter((variable) => isSecret(variable) && template.includes(`{{${variable.envVariable}}}`))
    .map(savedValue)
    .filter((value) => value !== '' && command.includes(value))
    .sort((one, other) => other.length - one.length);
  const text = values.reduce((rest, value) => rest.replaceAll(value, () => dots), command);
  return { text, hides: values.length > 0 };
}
