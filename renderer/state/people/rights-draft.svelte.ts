/**
 * Permissions that the user is choosing for somebody, among those that the panel knows and the own account may give.
 */
import { SvelteSet } from 'svelte/reactivity';
import { areSameRights, chosenRights, isAlwaysGiven } from '../../../bridge/people/rights.js';
import { isGranted } from '../../../bridge/panel/permissions.js';

export class RightsDraft {
  readonly #chosen = new SvelteSet<string>();
  /** The permissions with which the choice began. */
  readonly #first: readonly string[];

  /** `grants` = the permissions of the own account on the server; null = not known, so the panel decides. */
  constructor(
    first: readonly string[],
    private readonly grants: readonly string[] | null,
  ) {
    this.#first = first;
    this.take(first);
  }

  /** Chosen permissions, without those that everybody has. */
  get rights(): string[] {
    return chosenRights([...this.#chosen]);
  }

  /** The list to send: the panel would refuse a list without other permissions as empty. */
  get isEmpty(): boolean {
    return this.rights.length === 0;
  }

  get isEdited(): boolean {
    return !areSameRights([...this.#chosen], this.#first);
  }

  has(id: string): boolean {
    return isAlwaysGiven(id) || this.#chosen.has(id);
  }

  mayGive(id: string): boolean {
    return isGranted(this.grants, id);
  }

  /** Replaces the choice. Permissions that the user's account lacks are left out. */
  take(permissions: readonly string[]): void {
    this.#chosen.clear();
    for (const id of permissions) if (this.mayGive(id)) this.#chosen.add(id);
  }

  turn(id: string, on: boolean): void {
    if (isAlwaysGiven(id) || !this.mayGive(id)) return;
    if (on) this.#chosen.add(id);
    else this.#chosen.delete(id);
  }
}
