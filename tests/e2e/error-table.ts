/** Types for the tables of errors (PROTOCOL 3): the error, the action, and the window's message. */
import type { MakeAct } from './error-acts.js';

export const dialects = ['panel-1.11', 'reference', 'panel-1.12', 'pelican'] as const;
export type Dialect = (typeof dialects)[number];

/** Message in the window; `{panel}` stands for the person's name of the panel. */
export interface WindowMessage {
  readonly says: string;
  readonly next: string;
}

/** Why a dialect does not have this error. */
export interface Absent {
  readonly absent: string;
}

export type Order = Readonly<Record<string, unknown>>;

export interface ErrorRow {
  readonly what: string;
  /** Changes that the window does not notice. */
  readonly orders: readonly Order[];
  readonly act: MakeAct;
  readonly message: WindowMessage | Readonly<Record<Dialect, WindowMessage | Absent>>;
  /** Orders that undo `orders`. */
  readonly undo: readonly Order[];
  /** State of the server that the window soon shows without further actions. */
  readonly becomes?: string;
  /** Dialect that never reports this state, so the window can't show it. */
  readonly becomesNotIn?: Dialect;
  /** True if the window has to ask again, because a returned permission is not announced. */
  readonly isAskedAgain?: boolean;
}

export function messageIn(row: ErrorRow, dialect: Dialect): WindowMessage | Absent {
  return 'says' in row.message ? row.message : row.message[dialect];
}

/**
 * Whether the row at this place of its table runs in the dialect. An answer that the test or a proxy gives instead of the
 * panel is the same in all dialects, so a row of such an answer with one message runs in one dialect, in turn.
 */
export function runsIn(row: ErrorRow, at: number, dialect: Dialect): boolean {
  const isPanelSilent = row.orders.length > 0 && row.orders.every((order) => isInPlaceOfPanel(order));
  return !isPanelSilent || !('says' in row.message) || dialects[at % dialects.length] === dialect;
}

function isInPlaceOfPanel(order: Order): boolean {
  return order['do'] === 'error' || order['do'] === 'proxy';
}

/** Same message on all panels with the given exceptions. */
export function messagesExcept(
  told: WindowMessage | Absent,
  others: Partial<Record<Dialect, WindowMessage | Absent>>,
): Record<Dialect, WindowMessage | Absent> {
  return { 'panel-1.11': told, reference: told, 'panel-1.12': told, pelican: told, ...others };
}

/** All permissions of the tests' subuser except the permission for sockets, so that every action goes over REST. */
export const everything = [
  ...['control.console', 'control.start', 'control.stop', 'control.restart'],
  ...['startup.read', 'startup.update', 'startup.docker-image'],
  ...['settings.rename', 'settings.description', 'settings.reinstall'],
  // Without this permission Pelican fails at a server without an allocation (PROTOCOL 8.2.3).
  'allocation.read',
];

export const permit = (server: string, permissions: readonly string[] | null): Order => ({
  do: 'permissions',
  server,
  user: 'subuser',
  permissions,
});

/**
 * Takes a permission away and blocks reads of servers: otherwise the window may know before the click and report the
 * error without asking the panel.
 */
export const withdrawPermission = (server: string, permission: string): Order[] => [
  { do: 'error', error: { status: 500, code: 'LogicException', method: 'GET', path: '/servers/' } },
  permit(
    server,
    everything.filter((each) => each !== permission),
  ),
];
export const restorePermissions = (server: string): Order[] => [permit(server, everything), calm];

/** Error that no request causes here; lasts until `calm`. */
export const failing = (path: string, status: number, code: string, detail?: string): Order => ({
  do: 'error',
  error: { status, code, path, ...(detail === undefined ? {} : { detail }) },
});
export const calm: Order = { do: 'error', error: null };

/** A proxy answers instead of the panel; lasts until `direct`. */
export const proxied = (path: string, status: number, location?: string): Order => ({
  do: 'proxy',
  answer: { status, path, ...(location === undefined ? {} : { location }) },
});
export const direct: Order = { do: 'proxy', answer: null };

/** Page for keys, in the terms of the panel's software. */
export const onKeyPage = (
  says: string,
  next: (page: string) => string,
): Record<Dialect, WindowMessage | Absent> =>
  messagesExcept(
    { says, next: next('Account, API Credentials') },
    { pelican: { says, next: next('Profile, API Keys') } },
  );

/** Key that the panel does not know. */
export const unknownKey = onKeyPage(
  '{panel} does not accept the key.',
  (page) => `Copy the whole key again, or create a new one in the panel: ${page}.`,
);

export const later = 'Try again later. If this continues, tell your host.';
export const checkAddress = 'Check the address: use the one that opens the panel in your browser.';
export const contactHost = 'Tell your host.';
export const log = 'Try again; if it happens again, check the log.';
/** Message for a lost answer: the request may have been carried out. */
export const unsure = {
  power: 'It may have worked. Check the server’s state.',
  command: 'It may have arrived. Check the console before you send it again.',
  saved: 'It may have worked. Perch reads the settings again to check.',
  reinstall: 'It may have worked. Check whether the server is installing.',
};
export const nodeDown = (
  what: string,
  next = 'Try again in a while. If this continues, tell your host.',
): WindowMessage => ({
  says: `The node of the server does not answer, so {panel} could not ${what}. The panel itself works.`,
  next,
});
export const ownError = (what: string, next = later): WindowMessage => ({
  says: `{panel} ran into an error and could not ${what}.`,
  next,
});
export const gateway = (
  status: number,
  next = 'Wait a little and try again. If this continues, tell your host.',
): WindowMessage => ({
  says: `The web server of {panel} answers, but the panel behind it does not (status ${status}).`,
  next,
});
