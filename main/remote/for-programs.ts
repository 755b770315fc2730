import { emailsIn } from '../../bridge/redaction/address-finds.js';
import { commandSecretsIn } from '../../bridge/redaction/command-secrets.js';
import { withoutSecretTexts } from '../../bridge/redaction/secret-texts.js';
import { masked } from './wrapped-secrets.js';

/** One line of a panel as a program gets it: `***` instead of e-mail addresses and of texts that look secret. */
export function forPrograms(text: string): string {
  const plain = withoutSecretTexts(text);
  return masked(plain, [...emailsIn(plain), ...commandSecretsIn(plain)]);
}

/** A user name as a program gets it. Panels take an e-mail address for a user name as well. */
export function userForPrograms(name: string): string {
  return name.replace(/@.*$/, '');
}
