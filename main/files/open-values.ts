/** Which values of a server's startup are no secrets, so that Perch may keep and show them. Pure. */
import { logSecretsIn } from '../../bridge/redaction/log-secrets.js';
import { isSecretName } from '../../bridge/redaction/secret-names.js';
import type { Startup, StartupVariable } from '../../bridge/schema/startup.js';

/** Longest value that is kept, in characters. */
const longest = 500;
/** Shortest secret that is looked for inside of other values. */
const shortestSecret = 4;

/** Startup variable -> value, without all that may be a secret by name, rule, form or content. */
export function openValues({ variables }: Pick<Startup, 'variables'>): Record<string, string> {
  const secrets = variables.filter(isSecret).map(valueOf);
  const open = variables.filter(
    (variable) => !isSecret(variable) && isOpen(`${variable.envVariable}=${valueOf(variable)}`, secrets),
  );
  return Object.fromEntries(open.map((variable) => [variable.envVariable, valueOf(variable)]));
}

/** The template of the start command; null if it may hold a secret. */
export function openCommand({ variables, template }: Startup): string | null {
  const secrets = variables.filter(isSecret).map(valueOf);
  return isOpen(template, secrets) ? template : null;
}

/** The value in use: the default if the variable was never set. */
export function valueOf({ serverValue, defaultValue }: StartupVariable): string {
  return serverValue ?? defaultValue;
}

function isSecret({ envVariable, name, rules }: StartupVariable): boolean {
  return isSecretName(envVariable) || isSecretName(name) || /(?:^|\|)(?:current_)?password\b/.test(rules);
}

function isOpen(text: string, secrets: readonly string[]): boolean {
  if (text.length > longest || logSecretsIn(text).length > 0) return false;
  return !secrets.some((secret) => secret.length >= shortestSecret && text.includes(secret));
}
