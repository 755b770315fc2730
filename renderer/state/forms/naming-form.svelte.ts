/** The form for the name and description of one server; it outlives its view. */
import type { Server } from '../../../bridge/schema/domain.js';
import type { Naming } from '../../../bridge/schema/server-limits.js';
import type { Problem } from '../../../bridge/errors.js';
import { say, spoken } from '../../../messages/messages.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';
import { Draft } from './draft.svelte.js';

type Field = 'name' | 'description';

/** Longest description that the panel's database stores (bytes); it cuts the rest silently (PROTOCOL 2.7.1). */
const descriptionBytes = 65_535;

/** Number of characters as panels count them: code points, without surrounding spaces. */
export function characters(text: string): number {
  return [...text.trim()].length;
}

export class NamingForm {
  readonly name: Draft;
  readonly description: Draft;
  readonly saving = new Task();
  #isSaved = $state(false);
  readonly #naming: () => Naming | undefined;

  constructor(
    private readonly client: PerchClient,
    private readonly serverId: string,
    server: () => Server | undefined,
  ) {
    this.#naming = () => server()?.naming;
    this.name = new Draft(() => server()?.name ?? '');
    this.description = new Draft(() => server()?.description ?? '');
  }

  /**
   * Why saving failed; null if it did not.
   * Also null if the answer was lost, but the panel's data shows the saved change.
   */
  get problem(): Problem | null {
    return this.#isSavedAfterAll ? null : this.saving.problem;
  }

  /** True if saved and not edited since. */
  get isSaved(): boolean {
    return this.#isSaved || this.#isSavedAfterAll;
  }

  /** Dismisses the message that the change was saved. */
  forgetSaved(): void {
    if (this.#isSavedAfterAll) this.saving.problem = null;
    this.#isSaved = false;
  }

  get #isSavedAfterAll(): boolean {
    return this.saving.problem?.maybeDone === true && this.changes === 0;
  }

  /** Number of fields that differ from the panel. */
  get changes(): number {
    return Number(this.name.isEdited) + Number(this.description.isEdited);
  }

  edit(field: Field, text: string): void {
    this[field].text = text;
    if (this.saving.isRunning) return;
    this.saving.problem = null;
    this.#isSaved = false;
  }

  /** Error of a field: the panel's limits while typing, otherwise the panel's answer; null if none. */
  complaint(field: Field): string | null {
    return this.#breach(field) ?? this.#refusal(field);
  }

  #refusal(field: Field): string | null {
    const { problem } = this;
    const refused = problem?.fields?.[field];
    return problem === null || refused === undefined ? null : `${spoken(refused)} ${spoken(problem.next)}`;
  }

  /** The problem to show for the whole form; null if a field shows it already. */
  get formProblem(): Problem | null {
    const fields = this.problem?.fields;
    return fields?.['name'] !== undefined || fields?.['description'] !== undefined ? null : this.problem;
  }

  /** Why the form cannot be saved; null if it can. */
  get block(): string | null {
    if (this.changes === 0) return say('naming.unchanged');
    return this.#breach('name') ?? this.#breach('description');
  }

  discard(): void {
    this.name.discard();
    this.description.discard();
    this.saving.problem = null;
  }

  async save(): Promise<void> {
    if (this.saving.isRunning || this.block !== null) return;
    const name = this.name.isEdited ? this.name.text.trim() : undefined;
    const description = this.description.isEdited ? this.description.text.trim() : undefined;
    const input = {
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
    };
    await this.saving.run(async () => {
      await this.client.call('server.rename', { serverId: this.serverId, ...input });
      if (name !== undefined) this.name.taken(name);
      if (description !== undefined) this.description.taken(description);
      this.#isSaved = true;
    });
  }

  #breach(field: Field): string | null {
    if (!this[field].isEdited) return null;
    return field === 'name' ? this.#nameBreach() : this.#descriptionBreach();
  }

  #nameBreach(): string | null {
    const length = characters(this.name.text);
    if (length === 0) return say('naming.missing');
    const most = this.#naming()?.nameMax ?? Infinity;
    return length > most ? say('naming.too-long', { most, length }) : null;
  }

  #descriptionBreach(): string | null {
    const text = this.description.text.trim();
    const most = this.#naming()?.descriptionMax ?? Infinity;
    const length = characters(text);
    if (length > most) return say('naming.too-long', { most, length });
    const isCut = new TextEncoder().encode(text).length > descriptionBytes;
    return isCut ? say('naming.cut') : null;
  }
}
