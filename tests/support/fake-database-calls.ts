import type { Database } from '../../bridge/schema/databases.js';
import type { PanelApi } from '../../main/panel/api.js';
import { FakeScheduleCalls } from './fake-schedule-calls.js';

/** The part of a fake panel about databases, which all servers share. */
export abstract class FakeDatabaseCalls extends FakeScheduleCalls {
  databasesKept: Database[] = [];
  /** By id; null or missing = hidden. */
  readonly passwords = new Map<string, string | null>();
  #lastDatabase = 0;

  databases: PanelApi['databases'] = (identifier) =>
    this.answered(`databases ${identifier}`, () => this.databasesKept);
  databasePassword: PanelApi['databasePassword'] = (identifier, id) =>
    this.answered(`databasePassword ${identifier} ${id}`, () => {
      const database = this.databasesKept.find((each) => each.id === id);
      return database === undefined ? null : { database, password: this.passwords.get(id) ?? null };
    });
  createDatabase: PanelApi['createDatabase'] = (identifier, { name, from }) =>
    this.answered(`createDatabase ${identifier} ${name} ${from}`, () => {
      this.#lastDatabase += 1;
      const id = `db${this.#lastDatabase}`;
      const made: Database = {
        id,
        name: `s1_${name}`,
        username: `u1_${id}`,
        host: { address: 'db.example.com', port: 3306 },
        connectionsFrom: from,
        maxConnections: null,
      };
      this.databasesKept = [...this.databasesKept, made];
      this.passwords.set(id, `secret of ${id}`);
      return made;
    });
  rotateDatabase: PanelApi['rotateDatabase'] = (identifier, id) =>
    this.answered(`rotateDatabase ${identifier} ${id}`, () => {
      this.passwords.set(id, `new secret of ${id}`);
      return this.#kept(id);
    });
  deleteDatabase: PanelApi['deleteDatabase'] = (identifier, id) =>
    this.answered(`deleteDatabase ${identifier} ${id}`, () => {
      this.databasesKept = this.databasesKept.filter((each) => each.id !== id);
    });

  #kept(id: string): Database {
    const found = this.databasesKept.find((each) => each.id === id);
    if (found === undefined) throw new Error(`The fake panel has no database ${id}.`);
    return found;
  }
}
