import type { NetworkAllocation } from '../../bridge/schema/network.js';
import type { PanelApi } from '../../main/panel/api.js';
import { FakeAccountCalls } from './fake-account-calls.js';

/** The part of a fake panel about allocations, which all servers share. */
export abstract class FakeNetworkCalls extends FakeAccountCalls {
  addresses: NetworkAllocation[] = [];
  /** Answers to the next readings instead of `addresses`. */
  readings: NetworkAllocation[][] = [];

  allocations: PanelApi['allocations'] = (identifier) =>
    this.answered(`allocations ${identifier}`, () => this.readings.shift() ?? this.addresses);
  noteAllocation: PanelApi['noteAllocation'] = (identifier, allocation, notes) =>
    this.answered(`noteAllocation ${identifier} ${allocation}`, () =>
      this.#replace(allocation, { notes: notes === '' ? null : notes }),
    );
  makeDefaultAllocation: PanelApi['makeDefaultAllocation'] = (identifier, allocation) =>
    this.answered(`makeDefaultAllocation ${identifier} ${allocation}`, () => {
      this.addresses = this.addresses.map((each) => ({ ...each, isDefault: false }));
      return this.#replace(allocation, { isDefault: true });
    });
  addAllocation: PanelApi['addAllocation'] = (identifier) =>
    this.answered(`addAllocation ${identifier}`, () => {
      const id = Math.max(0, ...this.addresses.map((each) => each.id)) + 1;
      const made = { id, ip: '203.0.113.10', alias: null, port: 25_000 + id, notes: null, isDefault: false };
      this.addresses = [...this.addresses, made];
      return made;
    });
  removeAllocation: PanelApi['removeAllocation'] = (identifier, allocation) =>
    this.answered(`removeAllocation ${identifier} ${allocation}`, () => {
      this.addresses = this.addresses.filter(({ id }) => id !== allocation);
    });

  #replace(allocation: number, fields: Partial<NetworkAllocation>): NetworkAllocation {
    const found = this.addresses.find(({ id }) => id === allocation);
    if (found === undefined) throw new Error(`The fake panel has no allocation ${allocation}.`);
    const changed = { ...found, ...fields };
    this.addresses = this.addresses.map((each) => (each.id === allocation ? changed : each));
    return changed;
  }
}
