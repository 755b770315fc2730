import { serverActivityKinds } from '../../bridge/events/activity-kinds.js';
import { mostActivity } from '../../bridge/schema/remote-account-verbs.js';
import { say } from '../../messages/messages.js';
import { moment } from '../moment.js';
import { count } from '../parse.js';
import { activityLine } from './activity-line.js';
import { printJson, type Command } from './command.js';
import { fleetActivity } from './fleet-activity.js';

const fewEntries = 20;

/** `perch activity [NAME]`: actions on a server, or on all servers, by the panels' logs, oldest first. */
export const activity: Command = async (task) => {
  const { perch, args, options, terminal } = task;
  const [name] = args;
  const limit = count(options['lines'], { least: 0, most: mostActivity }) ?? fewEntries;
  const now = Date.now();
  const chosen = {
    limit,
    kind: serverActivityKinds.find((kind) => kind === options['kind']) ?? null,
    by: typeof options['by'] === 'string' ? options['by'] : null,
    since: moment(options['since'], now),
    until: moment(options['until'], now, { isEnd: true }),
  };
  if (name === undefined) return fleetActivity(task, chosen);
  const found = await perch.ask('activity', { name, ...chosen });
  const { entries, total, unread, isCut } = found;
  if (options['json'] === true) return printJson(terminal, found);
  for (const entry of entries) terminal.out(`${activityLine(entry, terminal)}\n`);
  terminal.err(`${say('command-line.activity-count', { count: entries.length, total })}\n`);
  if (unread > 0) terminal.err(`${say('common.unread-entries', { count: unread })}\n`);
  if (isCut) terminal.err(`${say('command-line.activity-cut')}\n`);
};
