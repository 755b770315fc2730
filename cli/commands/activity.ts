import { serverActivityKinds } from '../../bridge/events/activity-kinds.js';
import { mostActivity, type RemoteActivity } from '../../bridge/schema/remote-account-verbs.js';
import { momentOfDay } from '../../bridge/text/time-of-day.js';
import { say } from '../../messages/messages.js';
import { painter } from '../colours.js';
import { moment } from '../moment.js';
import { count } from '../parse.js';
import type { Terminal } from '../terminal.js';
import { printJson, type Command } from './command.js';

const fewEntries = 20;

/** `perch activity NAME`: actions on a server by its panel's log, oldest first. */
export const activity: Command = async ({ perch, args: [name = ''], options, terminal }) => {
  const limit = count(options['lines'], { least: 0, most: mostActivity }) ?? fewEntries;
  const now = Date.now();
  const found = await perch.ask('activity', {
    name,
    limit,
    kind: serverActivityKinds.find((kind) => kind === options['kind']) ?? null,
    by: typeof options['by'] === 'string' ? options['by'] : null,
    since: moment(options['since'], now),
    until: moment(options['until'], now, { isEnd: true }),
  });
  const { entries, total, isCut } = found;
  if (options['json'] === true) return printJson(terminal, found);
  for (const entry of entries) terminal.out(`${lineOf(entry, terminal)}\n`);
  terminal.err(`${say('command-line.activity-count', { count: entries.length, total })}\n`);
  if (isCut) terminal.err(`${say('command-line.activity-cut')}\n`);
};

function lineOf({ at, text, by, ip }: RemoteActivity, { hasColours }: Terminal): string {
  const paint = painter(hasColours);
  const who = [by, ip].filter((one) => one !== null).join(', ');
  const line = `${paint(momentOfDay(at, Date.now()), 'dim')}  ${text}`;
  return who === '' ? line : `${line}  ${paint(who, 'dim')}`;
}
