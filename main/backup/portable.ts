import { duration } from '../../bridge/text/duration.js';
import { defaultSettings } from '../../bridge/settings/default-settings.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { sentence, verbatim, type Sentence } from '../../messages/messages.js';

/**
 * How an import treats each setting: a `value` is replaced, a `list` gets new items, and an `own` setting stays with
 * this computer.
 */
const kinds = {
  theme: 'value',
  language: 'value',
  confirmStop: 'value',
  confirmRestart: 'value',
  bulkPauseMs: 'value',
  liveLimit: 'value',
  consoleWrap: 'value',
  consoleTimestamps: 'value',
  shortcut: 'value',
  updates: 'value',
  fleetColumns: 'value',
  snippets: 'list',
  pins: 'list',
  groups: 'list',
  alerts: 'list',
  dismissedFixes: 'list',
  leftOutOfIcon: 'list',
  restartWarning: 'own',
  proxy: 'own',
  sidebar: 'own',
} as const satisfies Record<keyof Settings, 'value' | 'list' | 'own'>;

type Kinds = typeof kinds;
type ValueName = { [Name in keyof Kinds]: Kinds[Name] extends 'value' ? Name : never }[keyof Kinds];

export function namesOf(kind: 'value' | 'list' | 'own'): (keyof Settings)[] {
  return (Object.keys(kinds) as (keyof Settings)[]).filter((name) => kinds[name] === kind);
}

function isUsual(columns: Settings['fleetColumns']): boolean {
  return JSON.stringify(columns) === JSON.stringify(defaultSettings.fleetColumns);
}

const onOff = (isOn: boolean): Sentence => sentence(isOn ? 'backup.on' : 'backup.off');

/** Each value in the words of the settings view. */
const described: {
  readonly [Name in ValueName]: (value: Settings[Name]) => { name: Sentence; value: Sentence };
} = {
  theme: (value) => ({ name: sentence('settings.theme'), value: sentence(`settings.theme-${value}`) }),
  language: (value) => ({ name: sentence('settings.language'), value: sentence(`language.${value}`) }),
  confirmStop: (value) => ({ name: sentence('settings.confirm-stop'), value: onOff(value) }),
  confirmRestart: (value) => ({ name: sentence('settings.confirm-restart'), value: onOff(value) }),
  bulkPauseMs: (value) => ({ name: sentence('settings.pause'), value: verbatim(duration(value)) }),
  liveLimit: (value) => ({
    name: sentence('settings.live-limit'),
    value: value === null ? sentence('settings.live-automatic') : verbatim(String(value)),
  }),
  consoleWrap: (value) => ({ name: sentence('backup.console-wrap'), value: onOff(value) }),
  consoleTimestamps: (value) => ({ name: sentence('backup.console-times'), value: onOff(value) }),
  shortcut: (value) => ({
    name: sentence('system.shortcut'),
    value: value === null ? sentence('backup.none') : verbatim(value.keys),
  }),
  fleetColumns: (value) => ({
    name: sentence('columns.of-table'),
    value: sentence(isUsual(value) ? 'columns.as-usual' : 'columns.own'),
  }),
  updates: ({ isOn, channel }) => ({
    name: sentence('settings.section-updates'),
    value: isOn ? sentence(`updates.channel-${channel}`) : onOff(false),
  }),
};

const valueNames = Object.keys(described) as ValueName[];

/** The changed values, with a sentence for each. */
export function changedValues(
  now: Settings,
  wanted: Settings,
): { fields: Partial<Settings>; changes: Sentence[] } {
  const changed = valueNames.filter((name) => JSON.stringify(now[name]) !== JSON.stringify(wanted[name]));
  return {
    fields: Object.fromEntries(changed.map((name) => [name, wanted[name]])),
    changes: changed.map((name) => changeOf(name, now, wanted)),
  };
}

function changeOf<Name extends ValueName>(name: Name, now: Settings, wanted: Settings): Sentence {
  const say = described[name];
  const { name: title, value: to } = say(wanted[name]);
  return sentence('backup.change', { name: title, from: say(now[name]).value, to });
}
