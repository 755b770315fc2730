/** Which startup variables are secrets, by their names, and a start command without them. */
import type { Startup, StartupVariable } from '../../../../bridge/schema/domain.js';
import { savedValue } from '../../../state/forms/startup-form.svelte.js';

type Named = Pick<StartupVariable, 'name' | 'envVariable'>;

/** What stands for a secret: always equally long, because a secret's length tells something too. */
export const dots = '••••••••';

const always = /passwd|passwort|password|passphrase/i;
const asWord = new Set([
  ...['pass', 'pw', 'pwd', 'psw', 'secret', 'secrets', 'token', 'tokens', 'key', 'keys', 'apikey'],
  ...['authkey', 'webhook', 'credentials', 'gslt', 'glst'],
]);

/** True where a variable's name says that its value is a secret. */
export function isSecret({ name, envVariable }: Named): boolean {
  if (always.test(name) || always.test(envVariable)) return true;
  const words = `${spaced(name)} ${spaced(envVariable)}`.toLowerCase().split(/[^\p{L}\d]+/u);
  return words.some((word) => asWord.has(word));
}

/** `steamApiKey` -> `steam Api Key`. */
function spaced(name: string): string {
  return name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
}

/** The rendered command with dots for the values of secrets that it shows; `hides` = there were any. */
export function veiledCommand({ command, template, variables }: Startup): { text: string; hides: boolean } {
  const values = variables
    .filter((variable) => isSecret(variable) && template.includes(`{{${variable.envVariable}}}`))
    .map(savedValue)
    .filter((value) => value !== '' && command.includes(value))
    .sort((one, other) => other.length - one.length);
  const text = values.reduce((rest, value) => rest.replaceAll(value, () => dots), command);
  return { text, hides: values.length > 0 };
}
