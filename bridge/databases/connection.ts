/**
 * How programs connect to a database: addresses and lines of configuration files.
 *
 * Names, hosts and passwords come from a panel, so each is encoded for the place where it stands. Panels do not tell the
 * kind of the database program; their own hosts of databases are MySQL or MariaDB (PROTOCOL 2.22.1).
 */
import type { Database } from '../schema/databases.js';
import { addressHost } from '../panel/address-host.js';

/** Texts that main can put into the clipboard: the password alone, or a text that contains it. */
export const databaseTexts = ['password', 'connection', 'jdbc', 'luckperms', 'coreprotect'] as const;
type DatabaseHost = NonNullable<Database['host']>;
export type DatabaseText = (typeof databaseTexts)[number];

/**
 * `mysql://user@host:port/name`, without a password, for another program; null if there is no host, or host or user can't
 * be part of an address.
 */
export function databaseAddress(database: Database): string | null {
  return connection(database, null);
}

/** The text with the password; null if there is no host, or host or user can't be part of an address. */
export function databaseText(what: DatabaseText, database: Database, password: string): string | null {
  switch (what) {
    case 'password':
      return password;
    case 'connection':
      return connection(database, password);
    case 'jdbc': {
      const address = connection(database, password);
      return address === null ? null : `jdbc:${address}`;
    }
    case 'luckperms':
      return database.host && luckPerms(database, database.host, password);
    case 'coreprotect':
      return database.host && coreProtect(database, database.host, password);
  }
}

function connection({ host, name, username }: Database, password: string | null): string | null {
  const address = host && addressHost(host.address);
  if (host === null || address === null || username === '' || username.startsWith('-')) return null;
  const who = encodeURIComponent(username);
  const secret = password === null ? '' : `:${encodeURIComponent(password)}`;
  return `mysql://${who}${secret}@${address}:${host.port}/${encodeURIComponent(name)}`;
}

/** Lines of `plugins/LuckPerms/config.yml`. */
function luckPerms({ name, username }: Database, host: DatabaseHost, password: string): string {
  return lines([
    'storage-method: MySQL',
    'data:',
    `  address: ${quoted(hostWithPort(host))}`,
    `  database: ${quoted(name)}`,
    `  username: ${quoted(username)}`,
    `  password: ${quoted(password)}`,
  ]);
}

/** Lines of `plugins/CoreProtect/config.yml`. */
function coreProtect({ name, username }: Database, host: DatabaseHost, password: string): string {
  return lines([
    'use-mysql: true',
    `mysql-host: ${quoted(host.address)}`,
    `mysql-port: ${host.port}`,
    `mysql-database: ${quoted(name)}`,
    `mysql-username: ${quoted(username)}`,
    `mysql-password: ${quoted(password)}`,
  ]);
}

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;

/** `host:port`; an IPv6 address stands in brackets. */
export function hostWithPort({ address, port }: DatabaseHost): string {
  const isBare = address.includes(':') && !address.startsWith('[');
  return `${isBare ? `[${address}]` : address}:${port}`;
}

/** A scalar of YAML in which nothing has a meaning but the quote, which is doubled. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
