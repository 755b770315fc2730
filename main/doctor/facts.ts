/**
 * Facts of a step that are safe to share.
 * A report consists of facts alone: numbers, booleans and words of the lists below. Names from the user, a panel or the
 * system can't be facts, so a report holds no key, address or name.
 */
import { problemCodes, type ProblemCode } from '../../bridge/schema/problem.js';

const systems = ['linux', 'darwin', 'win32'] as const;
const processors = ['x64', 'arm64', 'ia32', 'arm'] as const;
const sessions = ['wayland', 'x11', 'tty'] as const;
const desktops = [
  ...['gnome', 'kde', 'xfce', 'cinnamon', 'mate', 'lxqt', 'lxde', 'budgie', 'pantheon', 'unity', 'deepin'],
  ...['sway', 'hyprland', 'i3', 'cosmic', 'openbox', 'enlightenment'],
] as const;
const daemons = [
  ...['gnome-shell', 'plasma', 'dunst', 'mako', 'swaync', 'notify-osd', 'cinnamon'],
  ...['xfce4-notifyd', 'xfce-notify-daemon', 'mate-notification-daemon', 'lxqt-notificationd'],
  ...['notification-daemon', 'budgie-daemon', 'deadd-notification-center', 'fnott', 'wired'],
] as const;
const ways = ['direct', 'http', 'https', 'socks5'] as const;
const others = ['other', 'deadline'] as const;

export type Code =
  | (typeof systems)[number]
  | (typeof processors)[number]
  | (typeof sessions)[number]
  | (typeof ways)[number]
  | (typeof others)[number]
  | ProblemCode
  | { readonly known: string };

const single = new Set<string>([
  ...[...systems, ...processors, ...sessions, ...ways, ...others],
  ...problemCodes,
  ...desktops,
  ...daemons,
]);

/** Numbers between dots. */
export type Version = readonly number[];

/** Name of a log event as Perch's source spells it. */
export interface LoggedCode {
  readonly event: string;
  readonly hoursAgo: number;
}

type Fact = number | boolean | null | Code | Version | readonly LoggedCode[];
export type Facts = Readonly<Record<string, Fact>>;

const codeIn =
  (list: readonly string[]) =>
  (text: string): Code => {
    const spelled = text.trim().toLowerCase().replaceAll(' ', '-');
    const known = list.find((word) => word === spelled);
    return known === undefined ? 'other' : { known };
  };
export const systemCode = codeIn(systems);
export const processorCode = codeIn(processors);
export const sessionCode = codeIn(sessions);
export const daemonCode = codeIn(daemons);

/** `ubuntu:GNOME` -> `gnome`. */
export function desktopCode(text: string): Code {
  const codes = text.split(':').map(codeIn(desktops));
  return codes.find((code) => code !== 'other') ?? 'other';
}

/** `6.1.0-18-amd64` -> 6, 1, 0. The rest is dropped, because it may hold any text. */
export function versionIn(text: string): Version {
  const [, numbers] = /^\D{0,3}(\d{1,6}(?:\.\d{1,6}){0,3})/.exec(text) ?? [];
  return (numbers ?? '0').split('.').map(Number);
}

const modules = [
  ...['accounts', 'action', 'app', 'autostart', 'bulk', 'demo', 'feed', 'fleet', 'histories', 'history'],
  ...[
    'backups',
    'channels',
    'copies',
    'crash-reports',
    'drafts',
    'edited-files',
    'file-backups',
    'guard',
    'ipc',
    'last-known',
    'link',
    'panel',
    'plans',
    'proxy',
    'quiet-backups',
    'quit',
    'remote',
    'revisions',
    'rule-runs',
    'rules',
    'settings',
    'sftp',
    'sharing',
    'shortcut',
    'transfers',
    'tray',
    'updates',
  ],
  ...['window', 'wings'],
];
const eventName = new RegExp(`^(?:${modules.join('|')})\\.[a-z]+(?:-[a-z]+)*$`);

export function isEventName(text: string): boolean {
  return text.length <= 60 && eventName.test(text);
}

export function factsText(facts: Facts): string {
  return Object.entries(facts)
    .map(([name, fact]) => `${name}=${textOf(fact)}`)
    .join(' ');
}

function textOf(fact: Fact): string {
  if (fact === null) return '-';
  if (typeof fact === 'boolean') return fact ? 'yes' : 'no';
  if (typeof fact === 'number') return Number.isFinite(fact) ? String(Math.round(fact)) : '-';
  if (typeof fact === 'string') return ours(fact);
  if ('known' in fact) return ours(fact.known);
  return isVersion(fact) ? fact.map(textOf).join('.') : loggedText(fact);
}

/** Checks the word again at run time. */
function ours(word: string): string {
  return single.has(word) ? word : 'other';
}

function isVersion(fact: Version | readonly LoggedCode[]): fact is Version {
  return typeof fact[0] === 'number';
}

function loggedText(logged: readonly LoggedCode[]): string {
  if (logged.length === 0) return '-';
  return logged
    .map(({ event, hoursAgo }) => `${isEventName(event) ? event : 'other'}:${textOf(hoursAgo)}h`)
    .join(',');
}
