import type { Person } from '../../bridge/schema/people.js';
import type { PanelApi } from '../../main/panel/api.js';
import { FakeDatabaseCalls } from './fake-database-calls.js';

/** The part of a fake panel about people, whom all servers share. */
export abstract class FakePeopleCalls extends FakeDatabaseCalls {
  shared: Person[] = [];

  people: PanelApi['people'] = (identifier) => this.answered(`people ${identifier}`, () => this.shared);
  person: PanelApi['person'] = (identifier, person) =>
    this.answered(`person ${identifier} ${person}`, () => this.#shared(person));
  addPerson: PanelApi['addPerson'] = (identifier, { email, permissions }) =>
    this.answered(`addPerson ${identifier} ${email}`, () => {
      const name = email.split('@')[0] ?? '';
      const made = { uuid: `of-${name}`, name, email, hasTwoFactor: false, permissions };
      this.shared = [...this.shared, made];
      return made;
    });
  changePerson: PanelApi['changePerson'] = (identifier, person, permissions) =>
    this.answered(`changePerson ${identifier} ${person}`, () => {
      const changed = { ...this.#shared(person), permissions };
      this.shared = this.shared.map((each) => (each.uuid === person ? changed : each));
      return changed;
    });
  removePerson: PanelApi['removePerson'] = (identifier, person) =>
    this.answered(`removePerson ${identifier} ${person}`, () => {
      this.shared = this.shared.filter(({ uuid }) => uuid !== person);
    });

  #shared(person: string): Person {
    const found = this.shared.find(({ uuid }) => uuid === person);
    if (found === undefined) throw new Error(`The fake panel has no person ${person}.`);
    return found;
  }
}
