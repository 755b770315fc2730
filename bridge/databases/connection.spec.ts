import { describe, expect, it } from 'vitest';
import type { Database } from '../schema/databases.js';
import { databaseAddress, databaseText, databaseTexts, hostWithPort } from './connection.js';

const database: Database = {
  id: 'R719VEq2',
  name: 's32_main',
  username: 'u32_EW5wPPr5pD',
  host: { address: 'db.example.com', port: 3306 },
  connectionsFrom: '%',
  maxConnections: null,
};
const password = "^iT^@Ih!/'=+: #";

it('an address has no password', () => {
  expect(databaseAddress(database)).toBe('mysql://u32_EW5wPPr5pD@db.example.com:3306/s32_main');
});

it('a connection string has the password encoded, so that it can be read back', () => {
  const text = databaseText('connection', database, password) ?? '';
  expect(text).toBe("mysql://u32_EW5wPPr5pD:%5EiT%5E%40Ih!%2F'%3D%2B%3A%20%23@db.example.com:3306/s32_main");
  expect(decodeURIComponent(new URL(text).password)).toBe(password);
});

it('a connection string for JDBC is the same with its own scheme before it', () => {
  const text = databaseText('connection', database, password) ?? '';
  expect(databaseText('jdbc', database, password)).toBe(`jdbc:${text}`);
});

it('lines for LuckPerms and CoreProtect are YAML whatever the password is', () => {
  expect(databaseText('luckperms', database, password)).toBe(
    [
      'storage-method: MySQL',
      'data:',
      "  address: 'db.example.com:3306'",
      "  database: 's32_main'",
      "  username: 'u32_EW5wPPr5pD'",
      "  password: '^iT^@Ih!/''=+: #'",
      '',
    ].join('\n'),
  );
  expect(databaseText('coreprotect', database, password)).toBe(
    [
      'use-mysql: true',
      "mysql-host: 'db.example.com'",
      'mysql-port: 3306',
      "mysql-database: 's32_main'",
      "mysql-username: 'u32_EW5wPPr5pD'",
      "mysql-password: '^iT^@Ih!/''=+: #'",
      '',
    ].join('\n'),
  );
});

it('only the password of a database without a host is available', () => {
  const homeless = { ...database, host: null };
  expect(databaseAddress(homeless)).toBeNull();
  const texts = databaseTexts.map((what) => databaseText(what, homeless, password));
  expect(texts).toEqual([password, null, null, null, null]);
});

it('an IPv6 host stands in brackets before a port', () => {
  expect(hostWithPort({ address: '::1', port: 3306 })).toBe('[::1]:3306');
  expect(hostWithPort({ address: '[::1]', port: 3306 })).toBe('[::1]:3306');
  const six = { ...database, host: { address: '2001:db8::1', port: 3306 } };
  expect(databaseAddress(six)).toBe('mysql://u32_EW5wPPr5pD@[2001:db8::1]:3306/s32_main');
  expect(databaseText('luckperms', six, 'x')).toContain("address: '[2001:db8::1]:3306'");
  expect(databaseText('coreprotect', six, 'x')).toContain("mysql-host: '2001:db8::1'");
});

it('only the password stays unchanged', () => {
  expect(databaseText('password', database, password)).toBe(password);
});

describe('a panel cannot', () => {
  it.each(['-oProxyCommand=x', '$(reboot)', 'a b', 'a/b', '', 'evil.example@good.example'])(
    'make another address of the host %s',
    (address) => {
      const hostile = { ...database, host: { address, port: 3306 } };
      expect(databaseAddress(hostile)).toBeNull();
      expect(databaseText('connection', hostile, 'x')).toBeNull();
      expect(databaseText('jdbc', hostile, 'x')).toBeNull();
    },
  );

  it.each(['', '-u', '--execute=x'])('pass the user %j for an option', (username) => {
    expect(databaseAddress({ ...database, username })).toBeNull();
  });

  it('leave the user or the name of the database', () => {
    const hostile = { ...database, username: 'a@b:c/d', name: "x?ssl=0#'\n" };
    const url = new URL(databaseAddress(hostile) ?? '');
    expect([url.hostname, decodeURIComponent(url.username), url.password]).toEqual([
      'db.example.com',
      'a@b:c/d',
      '',
    ]);
    expect([url.search, url.hash]).toEqual(['', '']);
    expect(decodeURIComponent(url.pathname)).toBe(`/${hostile.name}`);
  });

  it('end a scalar of YAML', () => {
    const hostile = { ...database, username: "a'\nop: mallory", name: "x' # " };
    // A line end inside of quotes is a space in YAML.
    expect(databaseText('coreprotect', hostile, 'x')).toContain("mysql-username: 'a''\nop: mallory'\n");
    expect(databaseText('coreprotect', hostile, 'x')).toContain("mysql-database: 'x'' # '\n");
  });
});

it('every text is possible', () => {
  for (const what of databaseTexts) expect(databaseText(what, database, password)).not.toBeNull();
});
