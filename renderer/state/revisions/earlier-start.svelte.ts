import type { Server } from '../../../bridge/schema/domain.js';
import type { StartupVariable } from '../../../bridge/schema/startup.js';
import { isGranted } from '../../../bridge/panel/permissions.js';
import { useBlock } from '../../../bridge/panel/permission-words.js';
import { say, spoken } from '../../../messages/messages.js';
import type { PerchClient } from '../../api.js';
import { StartupForm } from '../forms/startup-form.svelte.js';
import { bareImage, savedValue } from '../forms/startup-values.js';

/** A startup variable (`variable` = its name) or the Docker image (null), with the value then and at the comparison. */
export interface EarlierValue {
  readonly variable: string | null;
  readonly was: string;
  readonly is: string;
}

/** Puts values of the last good start back, with the checks and the answers of the startup's form. */
export class EarlierStart {
  readonly #form: StartupForm;
  /** The value whose way back failed last, and why; null = none did. */
  failed = $state.raw<{ readonly value: EarlierValue; readonly why: string } | null>(null);

  constructor(
    client: PerchClient,
    private readonly server: () => Server,
  ) {
    this.#form = new StartupForm(client, server().id, server);
  }

  /** Reads the present startup. Never rejects. */
  async read(): Promise<void> {
    if (isGranted(this.server().permissions, 'startup.read')) await this.#form.read();
  }

  get isBusy(): boolean {
    return this.#form.saving !== null || this.#form.reading.isRunning;
  }

  /** Whether the value of the last good start is the value of today. */
  isBack({ variable, was }: EarlierValue): boolean {
    if (variable === null) return bareImage(this.#form.image.saved) === bareImage(was);
    const known = this.#variable(variable);
    return known !== undefined && savedValue(known).trim() === was.trim();
  }

  /** Why the value can't be put back; null if it can. */
  block(value: EarlierValue): string | null {
    const server = this.server();
    const permission = value.variable === null ? 'startup.docker-image' : 'startup.update';
    const missing = useBlock(server, permission) ?? useBlock(server, 'startup.read');
    if (missing !== null) return missing;
    const { startup, readProblem } = this.#form;
    if (startup === null) return readProblem === null ? say('startup.loading') : spoken(readProblem.message);
    return value.variable === null ? this.#imageBlock(value) : this.#variableBlock(value.variable, value);
  }

  /** Resolves when the value is back, or `failed` says why it is not. Never rejects. */
  async putBack(value: EarlierValue): Promise<void> {
    if (this.isBusy) return;
    this.failed = null;
    // Somebody may have changed the value since the comparison.
    await this.read();
    const blocked = this.isBack(value) ? null : this.block(value);
    if (blocked !== null) {
      this.failed = { value, why: blocked };
      return;
    }
    this.#enter(value);
    await this.#form.save();
    const why = this.isBack(value) ? null : this.#complaint(value);
    this.#form.discard();
    if (why !== null) this.failed = { value, why };
  }

  #enter({ variable, was }: EarlierValue): void {
    const known = variable === null ? undefined : this.#variable(variable);
    if (known !== undefined) this.#form.edit(known, was);
    if (variable === null) this.#form.chooseImage(this.#listed(was) ?? was);
  }

  #complaint({ variable }: EarlierValue): string {
    const { saveProblem, imageProblem } = this.#form;
    const known = variable === null ? undefined : this.#variable(variable);
    const complaint = known === undefined ? null : this.#form.complaint(known);
    const problem = saveProblem ?? imageProblem;
    if (complaint !== null) return complaint;
    return problem === null
      ? say('revisions.value-unsaved')
      : `${spoken(problem.message)} ${spoken(problem.next)}`;
  }

  #variable(name: string): StartupVariable | undefined {
    return this.#form.startup?.variables.find(({ envVariable }) => envVariable === name);
  }

  /** The image among those of the egg, written as the panel writes the image. */
  #listed(image: string): string | undefined {
    return this.#form.startup?.images.find((each) => bareImage(each.image) === bareImage(image))?.image;
  }

  #imageBlock({ was, is }: EarlierValue): string | null {
    const { saved } = this.#form.image;
    if (bareImage(saved) !== bareImage(is)) return say('revisions.value-changed-meanwhile');
    if (this.#listed(saved) === undefined) return say('startup.image-foreign');
    return this.#listed(was) === undefined ? say('revisions.image-gone') : null;
  }

  #variableBlock(name: string, { was, is }: EarlierValue): string | null {
    const known = this.#variable(name);
    if (known === undefined) return say('revisions.variable-gone');
    if (!known.isEditable) return say('startup.host-only');
    if (savedValue(known).trim() !== is.trim()) return say('revisions.value-changed-meanwhile');
    return this.#form.judgementOf(known, was);
  }
}
