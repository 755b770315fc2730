/**
 * The form for the startup of one server: the panel's values and the user's unsaved changes.
 * It outlives its view, so typed text survives leaving the view and reading the startup again.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Server } from '../../../bridge/schema/domain.js';
import type { Startup, StartupVariable } from '../../../bridge/schema/startup.js';
import { judgeValue } from '../../../bridge/egg-rules/egg-rules.js';
import { toProblem, type Problem, type ProblemCode } from '../../../bridge/errors.js';
import { say, spoken } from '../../../messages/messages.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';
import { Draft } from './draft.svelte.js';
import { bareImage, savedValue } from './startup-values.js';

/** Problems of one value only; the other values may still be saved. */
const ofOneValue: readonly ProblemCode[] = ['invalid', 'panel-error'];

export class StartupForm {
  startup = $state.raw<Startup | null>(null);
  readonly reading = new Task();
  /** Why the last read failed; stays until the next read has ended. */
  readProblem = $state.raw<Problem | null>(null);
  /** The change that is being saved: a variable (`env`) or the image; null = none. */
  saving = $state<{ env: string } | 'image' | null>(null);
  /** Why saving stopped early. */
  saveProblem = $state.raw<Problem | null>(null);
  #hasNews = $state(false);
  readonly #imageSaving = new Task();
  readonly image: Draft;
  readonly #typed = new SvelteMap<string, string>();
  readonly #refused = new SvelteMap<string, Problem>();
  /** Variable -> value that was sent, but whose answer was lost. The next read clears this. */
  readonly #unsure = new SvelteMap<string, string>();

  constructor(
    private readonly client: PerchClient,
    private readonly serverId: string,
    private readonly server: () => Server | undefined,
  ) {
    this.image = new Draft(() => server()?.dockerImage ?? '');
  }

  // Getters, not `$derived`: a derived value created while a view is built ends with that view.

  /** Variables that differ from the panel, in the panel's order. */
  get edited(): readonly StartupVariable[] {
    return (this.startup?.variables ?? []).filter((variable) => this.isEdited(variable));
  }

  /** True if a saved change takes effect at the next start. */
  get hasNews(): boolean {
    return this.#hasNews || this.#isImageSavedAfterAll;
  }

  /** Call when the change has taken effect, or the user has read the message. */
  forgetNews(): void {
    this.#hasNews = false;
    if (this.#isImageSavedAfterAll) this.#imageSaving.problem = null;
  }

  /**
   * Why saving the image failed; null if it did not.
   * Also null if the answer was lost, but the panel's data shows the saved image.
   */
  get imageProblem(): Problem | null {
    return this.#isImageSavedAfterAll ? null : this.#imageSaving.problem;
  }

  get #isImageSavedAfterAll(): boolean {
    return this.#imageSaving.problem?.maybeDone === true && !this.isImageEdited;
  }

  /** Number of unsaved changes. */
  get changes(): number {
    return this.edited.length + Number(this.isImageEdited);
  }

  /** Number of edited variables whose values the panel would refuse. */
  get wrong(): number {
    return this.edited.filter((variable) => this.judgement(variable) !== null).length;
  }

  /** True if a change may have been saved without an answer. Nothing is sent again before the startup has been read. */
  get isUnsure(): boolean {
    return this.#unsure.size > 0;
  }

  get isImageEdited(): boolean {
    return this.image.isEdited && bareImage(this.image.text) !== bareImage(this.image.saved);
  }

  async read(): Promise<void> {
    if (this.reading.isRunning || this.saving !== null) return;
    await this.reading.run(async () => {
      this.#take(await this.client.call('startup.read', { serverId: this.serverId }));
    });
    this.readProblem = this.reading.problem;
  }

  /** Reads again if the last read failed, or a change may have been saved without an answer. */
  async readIfDoubtful(): Promise<void> {
    if (this.isUnsure || this.readProblem !== null) await this.read();
  }

  value(variable: StartupVariable): string {
    return this.#typed.get(variable.envVariable) ?? savedValue(variable);
  }

  isEdited(variable: StartupVariable): boolean {
    const typed = this.#typed.get(variable.envVariable);
    return typed !== undefined && typed.trim() !== savedValue(variable).trim();
  }

  edit({ envVariable }: StartupVariable, value: string): void {
    this.#typed.set(envVariable, value);
    this.#refused.delete(envVariable);
    this.#touched();
  }

  chooseImage(image: string): void {
    this.image.text = image;
    this.#imageSaving.problem = null;
    this.#touched();
  }

  /** Error of an edited value by its rules; null without an error, or if only the panel can judge. */
  judgement(variable: StartupVariable): string | null {
    return this.isEdited(variable) ? this.judgementOf(variable, this.value(variable)) : null;
  }

  /** Error of a value of a variable by its rules; null without an error, or if only the panel can judge. */
  judgementOf(variable: StartupVariable, value: string): string | null {
    const description = this.server()?.naming.description ?? 'with-name';
    // Pelican's framework compares lists exactly (PROTOCOL 6).
    const verdict = judgeValue(variable.rules, value, {
      strictIn: description !== 'with-name',
    });
    if (verdict.kind !== 'fails') return null;
    return verdict.failures.map(({ message }) => message).join(' ') || say('naming.value-refused');
  }

  /** Error to show at a variable: from its rules, otherwise from the panel's answer. */
  complaint(variable: StartupVariable): string | null {
    const wrong = this.judgement(variable);
    if (wrong !== null) return wrong;
    const refused = this.#refused.get(variable.envVariable);
    if (refused === undefined) return null;
    const field = refused.fields?.['value'] ?? refused.fields?.['key'];
    return `${spoken(field ?? refused.message)} ${spoken(refused.next)}`;
  }

  discard(): void {
    this.#typed.clear();
    this.#refused.clear();
    this.image.discard();
    this.#imageSaving.problem = null;
    this.saveProblem = null;
  }

  /**
   * Saves the present changes one after the other. Input during the save may be half typed, so it waits for the next
   * save. A refused change stays as typed, and the others continue.
   */
  async save(): Promise<void> {
    if (this.saving !== null) return;
    const values = this.edited.map((variable) => [variable.envVariable, this.value(variable)] as const);
    const image = this.isImageEdited ? this.image.text : null;
    this.saveProblem = null;
    if (this.isUnsure && !(await this.#becomesSure())) return;
    try {
      await this.#saveEdited(values, image);
    } finally {
      this.saving = null;
    }
    if (this.isUnsure && this.saveProblem !== null) await this.read();
  }

  async #saveEdited(values: readonly (readonly [string, string])[], image: string | null): Promise<void> {
    for (const [envVariable, typed] of values) {
      // The change may have been undone meanwhile, or the panel may have it already.
      const variable = this.edited.find((each) => each.envVariable === envVariable);
      if (variable === undefined || this.value(variable) !== typed) continue;
      if (this.judgement(variable) !== null) continue;
      await this.#saveVariable(variable);
      if (this.saveProblem !== null) return;
    }
    if (this.isImageEdited && this.image.text === image) await this.#saveImage(image);
  }

  /** Reads the startup to resolve changes with a lost answer; false if the read failed. */
  async #becomesSure(): Promise<boolean> {
    await this.read();
    if (this.isUnsure) this.saveProblem = this.readProblem;
    return !this.isUnsure;
  }

  async #saveVariable(variable: StartupVariable): Promise<void> {
    const key = variable.envVariable;
    const typed = this.value(variable);
    this.saving = { env: key };
    this.#refused.delete(key);
    try {
      const input = { serverId: this.serverId, key, value: typed.trim() };
      this.#take(await this.client.call('startup.setVariable', input));
      this.#hasNews = true;
      if (this.#typed.get(key) === typed) this.#typed.delete(key);
    } catch (error) {
      const problem = toProblem(error);
      if (problem.maybeDone === true) this.#unsure.set(key, typed);
      if (ofOneValue.includes(problem.code)) this.#refused.set(key, problem);
      else this.saveProblem = problem;
    }
  }

  /** Takes the panel's current startup and resolves changes with a lost answer. */
  #take(startup: Startup): void {
    this.startup = startup;
    this.readProblem = null;
    for (const [key, sent] of this.#unsure) {
      const variable = startup.variables.find(({ envVariable }) => envVariable === key);
      if (variable?.serverValue?.trim() === sent.trim()) this.#wasSaved(key, sent);
    }
    this.#unsure.clear();
  }

  #wasSaved(key: string, sent: string): void {
    this.#hasNews = true;
    this.#refused.delete(key);
    if (this.#typed.get(key) === sent) this.#typed.delete(key);
    if (this.saveProblem?.maybeDone === true) this.saveProblem = null;
  }

  async #saveImage(image: string): Promise<void> {
    this.saving = 'image';
    await this.#imageSaving.run(async () => {
      await this.client.call('server.setDockerImage', { serverId: this.serverId, image });
      this.image.taken(image);
      this.#hasNews = true;
    });
  }

  /** Clears messages about the last save, which no longer fit the input. */
  #touched(): void {
    if (this.saving !== null) return;
    this.saveProblem = null;
    this.#hasNews = false;
  }
}
