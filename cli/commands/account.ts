import type { RemoteAccount } from '../../bridge/schema/remote-account-verbs.js';
import type { RemoteOutput } from '../../bridge/schema/remote.js';
import { dateOf, dayAndTime } from '../../bridge/text/time-of-day.js';
import { learnArea, say } from '../../messages/messages.js';
import { painter, type Paint } from '../colours.js';
import { table } from '../table.js';
import { printJson, type Command } from './command.js';

type Found = RemoteOutput<'account'>['accounts'][number];

/** `perch account [PANEL]`: keys of the account on each panel, or on one. No key is printed, only its public half. */
export const account: Command = async ({ perch, args: [panel = null], options, terminal }) => {
  // The words of the view that shows accounts.
  await learnArea('account');
  const found = await perch.ask('account', { panel });
  if (options['json'] === true) return printJson(terminal, found);
  const paint = painter(terminal.hasColours);
  if (found.accounts.length > 0) terminal.out(found.accounts.map((one) => block(one, paint)).join('\n'));
  else terminal.err(`${say('command-line.no-panels')}\n`);
};

function block({ panel, account: own, problem }: Found, paint: Paint): string {
  if (own === null) return `${paint(panel, 'bold')}\n${paint(problem ?? '', 'red')}\n`;
  const who = [own.username, own.email ?? ''].filter((one) => one !== '').join(', ');
  const factor = `${say('account.two-factor')}: ${say(`account.two-factor-${factorOf(own)}`)}`;
  const lines = `${paint(panel, 'bold')}: ${who}\n${factor}\n`;
  return `${lines}\n${keysTable(own, paint)}${sshTable(own, paint)}`;
}

function factorOf({ hasTwoFactor }: RemoteAccount): 'on' | 'off' | 'unknown' {
  if (hasTwoFactor === null) return 'unknown';
  return hasTwoFactor ? 'on' : 'off';
}

const heads = ['key', 'description', 'last-used', 'made', 'from', 'used-by'] as const;

function keysTable({ keys }: RemoteAccount, paint: Paint): string {
  const now = Date.now();
  const rows = keys.map(({ identifier, description, allowedIps, lastUsedAt, createdAt, isUsed }) => [
    { text: identifier },
    { text: description },
    { text: lastUsedAt === null ? '' : dayAndTime(lastUsedAt, now) },
    { text: createdAt === null ? '' : dateOf(createdAt) },
    { text: allowedIps === null || allowedIps.length === 0 ? say('account.anywhere') : allowedIps.join(' ') },
    { text: isUsed ? 'Perch' : '' },
  ]);
  return table(heads, rows, paint);
}

const sshHeads = ['ssh-key', 'fingerprint', 'made', 'used-by'] as const;

function sshTable({ sshKeys }: RemoteAccount, paint: Paint): string {
  if (sshKeys.length === 0) return '';
  const rows = sshKeys.map(({ name, fingerprint, createdAt, isUsed }) => [
    { text: name },
    { text: fingerprint },
    { text: createdAt === null ? '' : dateOf(createdAt) },
    { text: isUsed ? 'Perch' : '' },
  ]);
  return `\n${table(sshHeads, rows, paint)}`;
}
