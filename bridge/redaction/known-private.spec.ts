import { expect, it } from 'vitest';
import { aServer } from '../../tests/support/entities.js';
import { knownPrivate } from './known-private.js';
import { privateFinds } from './private-finds.js';
import { redact, textOf } from './redact.js';

const secret = 'say "hé" & go';
const variable = {
  name: 'RCON',
  envVariable: 'RCON_PASSWORD',
  description: '',
  rules: '',
  isEditable: true,
  serverValue: secret,
  defaultValue: '',
};
const startup = { variables: [variable], command: '', template: '', images: [] };

it.each([
  ['in Base64', Buffer.from(secret).toString('base64').replace(/=+$/, '')],
  ['in a URL', encodeURIComponent(secret)],
  ['in a form', encodeURIComponent(secret).replaceAll('%20', '+')],
  ['in JSON', JSON.stringify(secret).slice(1, -1)],
])('a secret of the startup is hidden %s', (_where, form) => {
  const line = `sent x${form} to the bot`;
  const known = knownPrivate(aServer(), undefined, [], startup);
  expect(textOf(redact(line, privateFinds(line, known), ['secret']))).toBe('sent x[secret 1] to the bot');
});
