/** Which values of a server's startup are no secrets, so that Perch may keep and show them. Pure. */
import { logSecretsIn } from '../../bridge/redaction/log-secrets.js';
import { isSecretName } from '../../bridge/redaction/secret-names.js';
import type { Startup, StartupVariable } from '../../bridge/schema/startup.js';

/** Longest value and longest command that are kept, in characters. */
const longest = { value: 500, command: 4000 };
/** Shortest secret that is looked for inside of other values. */
const shortestSecret = 4;

/** Startup variable -> value, without all that may be a secret by name, rule, form or content. */
export function openValues({ variables }: Pick<Startup, 'variables'>): Record<string, string> {
  const secrets = variables.filter(isSecret).map(valueOf);
  const open = variables.filter((variable) => !isSecret(variable) && isOpenValue(variable, secrets));
  return Object.fromEntries(open.map((variable) => [variable.envVariable, valueOf(variable)]));
}

/** The template of the start command; null if it may hold a secret. */
export function openCommand({ variables, template }: Startup): string | null {
  const secrets = variables.filter(isSecret).map(valueOf);
  // A placeholder stands for a value and is none.
  const bare = template.replaceAll(/\{\{[^{}]{1,100}\}\}/g, '0');
  return template.length <= longest.command && isOpen(bare, secrets) ? template : null;
}

/** The value in use: the default if the variable was never set. */
export function valueOf({ serverValue, defaultValue }: StartupVariable): string {
  return serverValue ?? defaultValue;
}

function isSecret({ envVariable, name, rules }: StartupVariable): boolean {
  return isSecretName(envVariable) || isSecretName(name) || /(?:^|\|)(?:current_)?password\b/.test(rules);
}

function isOpenValue(variable: StartupVariable, secrets: readonly string[]): boolean {
  const value = valueOf(variable);
  return value.length <= longest.value && isOpen(`${variable.envVariable}=${value}`, secrets);
}

function isOpen(text: string, secrets: readonly string[]): boolean {
  if (logSecretsIn(text).length > 0) return false;
  return !secrets.some((secret) => secret.length >= shortestSecret && text.includes(secret));
}
