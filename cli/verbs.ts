/** Table of the verbs. Parser, help, completion and manual page use it. */
import { serverActivityKinds } from '../bridge/events/activity-kinds.js';
import { serverTabs } from '../bridge/fleet/server-tabs.js';
import { playerVerbs } from '../bridge/players/verb-names.js';
import type { Argument, CommandVerb, Option } from './verb.js';
import {
  backupActions,
  copyChoices,
  databaseActions,
  fileActions,
  networkActions,
  peopleActions,
  shells,
  waitStates,
} from './verb-choices.js';

const json: Option = { long: '--json', words: 'command-line.option-json' };
const noStart: Option = { long: '--no-start', words: 'command-line.option-no-start' };
const yes: Option = { long: '--yes', short: '-y', words: 'command-line.option-yes' };
const follow: Option = { long: '--follow', short: '-f', words: 'command-line.option-follow' };
/** Options of every verb that talks to Perch. */
const talks = [json, noStart];
const one: Argument = { name: 'NAME' };
const many: Argument = { name: 'NAME', isMany: true };

function power(name: 'start' | 'stop' | 'restart' | 'kill'): CommandVerb {
  return { name, words: `command-line.verb-${name}`, args: [many], options: [yes, ...talks] };
}

export const verbs: readonly CommandVerb[] = [
  { name: 'list', words: 'command-line.verb-list', args: [], options: talks },
  {
    name: 'status',
    words: 'command-line.verb-status',
    args: [{ ...many, isOptional: true }],
    options: [{ long: '--watch', short: '-w', words: 'command-line.option-watch' }, ...talks],
  },
  power('start'),
  power('stop'),
  power('restart'),
  power('kill'),
  {
    name: 'send',
    words: 'command-line.verb-send',
    args: [one, { name: 'COMMAND', isMany: true }],
    options: [yes, ...talks],
  },
  {
    name: 'logs',
    words: 'command-line.verb-logs',
    args: [one],
    options: [
      follow,
      { long: '--lines', short: '-n', value: 'COUNT', words: 'command-line.option-lines' },
      { long: '--share', words: 'command-line.option-share' },
      ...talks,
    ],
  },
  {
    name: 'wait',
    words: 'command-line.verb-wait',
    args: [one],
    options: [
      {
        long: '--state',
        short: '-s',
        value: 'STATE',
        choices: waitStates,
        words: 'command-line.option-state',
      },
      { long: '--timeout', short: '-t', value: 'SECONDS', words: 'command-line.option-timeout' },
      ...talks,
    ],
  },
  {
    name: 'events',
    words: 'command-line.verb-events',
    args: [{ ...one, isOptional: true }],
    options: [
      follow,
      { long: '--lines', short: '-n', value: 'COUNT', words: 'command-line.option-entries' },
      { long: '--others', words: 'command-line.option-others' },
      ...talks,
    ],
  },
  {
    name: 'players',
    words: 'command-line.verb-players',
    args: [
      one,
      { name: 'ACTION', isOptional: true, choices: playerVerbs },
      { name: 'PLAYER', isOptional: true },
      { name: 'TEXT', isOptional: true, isMany: true },
    ],
    options: [{ long: '--reason', value: 'TEXT', words: 'command-line.option-reason' }, yes, ...talks],
  },
  {
    name: 'rules',
    words: 'command-line.verb-rules',
    args: [{ name: 'RULE', isOptional: true }],
    options: [{ long: '--lines', short: '-n', value: 'COUNT', words: 'command-line.option-runs' }, ...talks],
  },
  {
    name: 'say',
    words: 'command-line.verb-say',
    args: [{ name: 'TEXT' }, { ...many, isOptional: true }],
    options: [
      { long: '--group', short: '-g', value: 'GROUP', words: 'command-line.option-group' },
      { long: '--all', short: '-a', words: 'command-line.option-all' },
      { long: '--even-empty', words: 'command-line.option-even-empty' },
      yes,
      ...talks,
    ],
  },
  { name: 'transfers', words: 'command-line.verb-transfers', args: [], options: talks },
  {
    name: 'backup',
    words: 'command-line.verb-backup',
    args: [{ name: 'ACTION', choices: backupActions }, one, { name: 'BACKUP', isOptional: true }],
    options: [
      { long: '--name', value: 'TEXT', words: 'command-line.option-backup-name' },
      { long: '--ignore', value: 'PATTERNS', words: 'command-line.option-ignore' },
      { long: '--lock', words: 'command-line.option-lock' },
      { long: '--quietly', words: 'command-line.option-quietly' },
      { long: '--here', words: 'command-line.option-here' },
      { long: '--wait', words: 'command-line.option-wait' },
      { long: '--truncate', words: 'command-line.option-truncate' },
      { long: '--confirm', value: 'NAME', words: 'command-line.option-confirm' },
      { long: '--to', value: 'FOLDER', words: 'command-line.option-to' },
      { long: '--save', value: 'PATH', words: 'command-line.option-save' },
      { long: '--every', value: 'WHAT', choices: copyChoices, words: 'command-line.option-every' },
      { long: '--timeout', short: '-t', value: 'SECONDS', words: 'command-line.option-backup-timeout' },
      yes,
      ...talks,
    ],
  },
  {
    name: 'network',
    words: 'command-line.verb-network',
    args: [
      one,
      { name: 'ACTION', isOptional: true, choices: networkActions },
      { name: 'ADDRESS', isOptional: true },
      { name: 'TEXT', isOptional: true, isMany: true },
    ],
    options: [yes, ...talks],
  },
  {
    name: 'databases',
    words: 'command-line.verb-databases',
    args: [
      one,
      { name: 'ACTION', isOptional: true, choices: databaseActions },
      { name: 'DATABASE', isOptional: true },
    ],
    options: [
      { long: '--from', value: 'ADDRESS', words: 'command-line.option-from' },
      { long: '--confirm', value: 'NAME', words: 'command-line.option-confirm-database' },
      yes,
      ...talks,
    ],
  },
  {
    name: 'people',
    words: 'command-line.verb-people',
    args: [
      { ...one, isOptional: true },
      { name: 'ACTION', isOptional: true, choices: peopleActions },
      { name: 'PERSON', isOptional: true },
    ],
    options: [
      { long: '--role', value: 'ROLE', words: 'command-line.option-role' },
      { long: '--permissions', value: 'IDS', words: 'command-line.option-permissions' },
      { long: '--person', value: 'TEXT', words: 'command-line.option-person' },
      { long: '--permission', value: 'ID', words: 'command-line.option-permission' },
      yes,
      ...talks,
    ],
  },
  { name: 'schedules', words: 'command-line.verb-schedules', args: [one], options: talks },
  { name: 'startup', words: 'command-line.verb-startup', args: [one], options: talks },
  {
    name: 'account',
    words: 'command-line.verb-account',
    args: [{ name: 'PANEL', isOptional: true }],
    options: talks,
  },
  {
    name: 'activity',
    words: 'command-line.verb-activity',
    args: [{ ...one, isOptional: true }],
    options: [
      { long: '--lines', short: '-n', value: 'COUNT', words: 'command-line.option-entries' },
      { long: '--kind', value: 'KIND', choices: serverActivityKinds, words: 'command-line.option-kind' },
      { long: '--by', value: 'PERSON', words: 'command-line.option-by' },
      { long: '--since', value: 'TIME', words: 'command-line.option-since' },
      { long: '--until', value: 'TIME', words: 'command-line.option-until' },
      ...talks,
    ],
  },
  {
    name: 'files',
    words: 'command-line.verb-files',
    args: [
      { name: 'ACTION', choices: fileActions },
      one,
      { name: 'PATH', isOptional: true },
      { name: 'TARGET', isOptional: true },
    ],
    options: [
      { long: '--replace', words: 'command-line.option-replace' },
      { long: '--archive', words: 'command-line.option-archive' },
      yes,
      ...talks,
    ],
  },
  {
    name: 'open',
    words: 'command-line.verb-open',
    args: [{ ...one, isOptional: true }],
    options: [
      { long: '--tab', value: 'TAB', choices: serverTabs, words: 'command-line.option-tab' },
      ...talks,
    ],
  },
  { name: 'doctor', words: 'command-line.verb-doctor', args: [], options: talks },
  { name: 'mcp', words: 'command-line.verb-mcp', args: [], options: [noStart] },
  {
    name: 'completion',
    words: 'command-line.verb-completion',
    args: [{ name: 'SHELL', choices: shells }],
    options: [],
  },
];

export const help: Option = { long: '--help', short: '-h', words: 'command-line.option-help' };
export const version: Option = { long: '--version', short: '-V', words: 'command-line.option-version' };
