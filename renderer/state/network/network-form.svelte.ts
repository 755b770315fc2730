/**
 * The addresses of one server: the panel's list, and the notes being typed. Outlives its view, so typed notes survive
 * leaving the tab.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { NetworkAllocation } from '../../../bridge/schema/network.js';
import type { StartupVariable } from '../../../bridge/schema/startup.js';
import type { PerchClient } from '../../api.js';
import type { Now } from '../feeds/now.svelte.js';
import { ServerList } from '../server-list.svelte.js';
import { Task } from '../task.svelte.js';

/** How often a shown list is read again, because no feed reports changes at the panel. */
const everyMs = 60_000;

/** Notes that were typed for an address that the server no longer has. */
export interface LeftNotes {
  readonly allocation: NetworkAllocation;
  readonly text: string;
}

interface NoteDraft {
  readonly text: string;
  /** Notes that the panel had when typing began, or that a refused save showed since. */
  readonly replaces: string;
}

export class NetworkForm extends ServerList<NetworkAllocation, number> {
  /** Startup variables; null = not read, or not allowed. */
  variables = $state.raw<readonly StartupVariable[] | null>(null);
  /** The change in progress: an addition, a removal or another default address. */
  readonly changing = new Task();
  readonly saving = new Task();
  /** Id of the allocation whose notes were saved last. */
  savedId = $state<number | null>(null);
  /** True once another default address was chosen, until `forgetNews`. */
  hasNews = $state(false);
  /** Typed notes of addresses that are gone, until the person dismisses them. */
  left = $state.raw<readonly LeftNotes[]>([]);
  readonly #drafts = new SvelteMap<number, NoteDraft>();

  constructor(
    private readonly client: PerchClient,
    private readonly serverId: string,
    now: Pick<Now, 'read'>,
  ) {
    super({ ask: () => client.call('network.list', { serverId }), idOf: ({ id }) => id, now });
  }

  // Getters, not `$derived`: a derived value created while a view is built ends with that view.

  /** Number of notes that are typed and not saved. */
  get changes(): number {
    return this.left.length + [...this.#drafts.values()].filter(isChanged).length;
  }

  /** Without the variables the list is as good, so a failure is not shown. */
  async readVariables(): Promise<void> {
    const read = new Task();
    const answer = await read.run(() => this.client.call('startup.read', { serverId: this.serverId }));
    if (answer !== null) this.variables = answer.value.variables;
  }

  /** Reads now and then every minute; returns a function that ends that. A hidden window reads nothing. */
  start(): () => void {
    void this.read();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.read();
    }, everyMs);
    return () => clearInterval(timer);
  }

  /** The typed notes; null = nobody types. */
  draft(id: number): string | null {
    return this.#drafts.get(id)?.text ?? null;
  }

  edit(id: number): void {
    const notes = this.find(id)?.notes ?? '';
    this.#drafts.set(id, { text: notes, replaces: notes });
    if (this.savedId === id) this.saving.problem = null;
  }

  type(id: number, text: string): void {
    const { replaces = '' } = this.#drafts.get(id) ?? {};
    this.#drafts.set(id, { text, replaces });
  }

  discard(id: number): void {
    this.#drafts.delete(id);
    if (this.savedId === id) this.saving.problem = null;
  }

  /** True if the panel has the notes now. After a refusal the next press replaces the panel's newer notes. */
  async save(id: number): Promise<boolean> {
    const draft = this.#drafts.get(id);
    if (draft === undefined || this.saving.isRunning) return false;
    this.savedId = id;
    const input = { serverId: this.serverId, allocation: id, notes: draft.text.trim() };
    const answer = await this.saving.run(() =>
      this.client.call('network.note', { ...input, replaces: draft.replaces }),
    );
    if (answer !== null) {
      const typed = this.#drafts.get(id);
      if (typed === draft) this.#drafts.delete(id);
      // Text typed while the panel saved replaces the notes that are saved now.
      else if (typed !== undefined) this.#drafts.set(id, { ...typed, replaces: input.notes });
      this.tookAll(answer.value);
      return typed === draft;
    }
    if (this.saving.problem?.code === 'conflict') await this.#seeOthers(id);
    return false;
  }

  async makeDefault(id: number): Promise<void> {
    const input = { serverId: this.serverId, allocation: id };
    if (await this.#change(() => this.client.call('network.makeDefault', input))) this.hasNews = true;
  }

  forgetNews(): void {
    this.hasNews = false;
  }

  /** Id of the new allocation, which main lists last; null if none was added, and if nobody knows. */
  async add(): Promise<number | null> {
    const before = this.list ?? [];
    const isDone = await this.#change(() => this.client.call('network.add', { serverId: this.serverId }));
    if (isDone) return this.list?.findLast(({ id }) => !before.some((one) => one.id === id))?.id ?? null;
    // The list then shows whether the address is there.
    if (this.changing.problem?.maybeDone === true) await this.readAgain();
    return null;
  }

  /** Typed notes of an address that is gone stay in `left`, so that the person can copy them. */
  override tookAll(list: readonly NetworkAllocation[]): void {
    const before = this.list ?? [];
    super.tookAll(list);
    for (const allocation of before) {
      const draft = this.#drafts.get(allocation.id);
      if (draft === undefined || this.find(allocation.id) !== null) continue;
      this.#drafts.delete(allocation.id);
      const text = draft.text.trim();
      if (text !== '' && isChanged(draft)) this.left = [...this.left, { allocation, text }];
    }
  }

  dismiss(notes: LeftNotes): void {
    this.left = this.left.filter((one) => one !== notes);
  }

  async #change(work: () => Promise<readonly NetworkAllocation[]>): Promise<boolean> {
    if (this.changing.isRunning) return false;
    const answer = await this.changing.run(work);
    if (answer !== null) this.tookAll(answer.value);
    return answer !== null;
  }

  /** Reads what somebody else wrote, so that the person sees that before the next press replaces it. */
  async #seeOthers(id: number): Promise<void> {
    await this.readAgain();
    const draft = this.#drafts.get(id);
    if (draft !== undefined) this.#drafts.set(id, { ...draft, replaces: this.find(id)?.notes ?? '' });
  }
}

function isChanged({ text, replaces }: NoteDraft): boolean {
  return text.trim() !== replaces.trim();
}
