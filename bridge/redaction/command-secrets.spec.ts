import { expect, it } from 'vitest';
import { commandSecretsIn } from './command-secrets.js';

const shown = (line: string): string =>
  commandSecretsIn(line).reduceRight(
    (text, { from, to }) => `${text.slice(0, from)}***${text.slice(to)}`,
    line,
  );

it.each([
  ['login Olive sunshine', 'login ***'],
  ['login hunter2', 'login ***'],
  ['> login Olive sunshine', '> login ***'],
  ['register sunshine sunshine', 'register ***'],
  ['authme:login sunshine', 'authme:login ***'],
  ['changepassword moonshine sunshine', 'changepassword ***'],
  ['authme register Olive sunshine', 'authme register Olive ***'],
  [
    '[12:00:00 INFO]: CONSOLE: authme password Olive sunshine',
    '[12:00:00 INFO]: CONSOLE: authme password Olive ***',
  ],
  ['/authme cp Olive sunshine', '/authme cp Olive ***'],
])('the password of %j is found', (line, expected) => {
  expect(shown(line)).toBe(expected);
});

it.each([
  'login failed for Olive',
  'Login failed.',
  'login timeout 30s',
  'login took 42ms',
  'login server started',
  'Login successful!',
  'register new commands',
  'login',
  'register <password> <password>',
  'login Olive with the new password of the server',
  '[12:00:00 INFO]: <Olive> login with me tomorrow',
  '<Olive> login sunshine',
  '[12:00:00 INFO]: Olive wants to register sunshine',
  'Usage: authme register <player> <password>',
  'authme reload',
  'authme lastlogin Olive',
])('%j is no password', (line) => {
  expect(commandSecretsIn(line)).toEqual([]);
});
