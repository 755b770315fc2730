/**
 * Startup of one server: what the panel says of it, and what the person has changed and not saved yet. It outlives
 * its view, so nothing that was typed is lost by looking elsewhere or by reading the startup again.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Server, Startup, StartupVariable } from '../../../bridge/schema/domain.js';
import { judgeValue } from '../../../bridge/egg-rules/egg-rules.js';
import { toProblem, type Problem, type ProblemCode } from '../../../bridge/errors.js';
import { say, spoken } from '../../../messages/messages.js';
import type { PerchClient } from '../../api.js';
import { Draft } from './draft.svelte.js';

/** Concerns one value only: the others may still be saved. */
const ofOneValue: readonly ProblemCode[] = ['invalid', 'panel-error'];

/** An image without the mark of one that lies on the node only (PROTOCOL 2.1). */
export function bareImage(image: string): string {
  return image.replace(/^~/, '');
}

/** What applies now: the default where nothing was ever set. */
export function savedValue({ serverValue, defaultValue }: StartupVariable): string {
  return serverValue ?? defaultValue;
}

export class StartupForm {
  startup = $state.raw<Startup | null>(null);
  /** Why the last reading failed. */
  readProblem = $state.raw<Problem | null>(null);
  reading = $state(false);
  /** What is being saved: the name of a variable, or the image. */
  saving = $state<{ env: string } | 'image' | null>(null);
  /** Why saving stopped before its end. */
  saveProblem = $state.raw<Problem | null>(null);
  #hasNews = $state(false);
  #imageProblem = $state.raw<Problem | null>(null);
  readonly image: Draft;
  readonly #client: PerchClient;
  readonly #serverId: string;
  readonly #server: () => Server | undefined;
  readonly #typed = new SvelteMap<string, string>();
  readonly #refused = new SvelteMap<string, Problem>();
  /** What was sent without learning whether the panel took it; the next reading tells. */
  readonly #unsure = new SvelteMap<string, string>();

  constructor(client: PerchClient, serverId: string, server: () => Server | undefined) {
    this.#client = client;
    this.#serverId = serverId;
    this.#server = server;
    this.image = new Draft(() => server()?.dockerImage ?? '');
  }

  // Getters, not `$derived`: a derived value made while a view is built ends with that view.

  /** The variables whose value differs from what the panel has, in the panel's order. */
  get edited(): readonly StartupVariable[] {
    return (this.startup?.variables ?? []).filter((variable) => this.isEdited(variable));
  }

  /** Something was saved that takes effect at the next start. */
  get hasNews(): boolean {
    return this.#hasNews || this.#isImageSavedAfterAll;
  }

  /** It has taken effect, or the person has read it. */
  forgetNews(): void {
    this.#hasNews = false;
    if (this.#isImageSavedAfterAll) this.#imageProblem = null;
  }

  /** Why the image was not saved; null also where the answer was lost and the panel has shown since that it was. */
  get imageProblem(): Problem | null {
    return this.#isImageSavedAfterAll ? null : this.#imageProblem;
  }

  get #isImageSavedAfterAll(): boolean {
    return this.#imageProblem?.maybeDone === true && !this.isImageEdited;
  }

  /** How many changes wait to be saved. */
  get changes(): number {
    return this.edited.length + Number(this.isImageEdited);
  }

  /** How many of them would not be taken. */
  get wrong(): number {
    return this.edited.filter((variable) => this.judgement(variable) !== null).length;
  }

  /** True where something may be saved already: nothing is sent again before the startup has been read. */
  get isUnsure(): boolean {
    return this.#unsure.size > 0;
  }

  get isImageEdited(): boolean {
    return this.image.isEdited && bareImage(this.image.text) !== bareImage(this.image.saved);
  }

  async read(): Promise<void> {
    if (this.reading || this.saving !== null) return;
    this.reading = true;
    try {
      this.#take(await this.#client.call('startup.read', { serverId: this.#serverId }));
    } catch (error) {
      this.readProblem = toProblem(error);
    } finally {
      this.reading = false;
    }
  }

  /** Reads again where the last reading failed, or where something may have been saved. */
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
    this.#imageProblem = null;
    this.#touched();
  }

  /** What is wrong with an edited value by its rules; null where nothing is, or where only the panel can tell. */
  judgement(variable: StartupVariable): string | null {
    if (!this.isEdited(variable)) return null;
    const description = this.#server()?.naming.description ?? 'with-name';
    // Pelican's framework compares lists exactly (PROTOCOL 6).
    const verdict = judgeValue(variable.rules, this.value(variable), {
      strictIn: description !== 'with-name',
    });
    if (verdict.kind !== 'fails') return null;
    return verdict.failures.map(({ message }) => message).join(' ') || say('naming.value-refused');
  }

  /** What the person should read at this variable. */
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
    this.#imageProblem = null;
    this.saveProblem = null;
  }

  /** Saves one change after the other; one that is refused stays as it was typed, and the others go on. */
  async save(): Promise<void> {
    if (this.saving !== null) return;
    this.saveProblem = null;
    if (this.isUnsure && !(await this.#becomesSure())) return;
    try {
      await this.#saveEdited();
    } finally {
      this.saving = null;
    }
    if (this.isUnsure && this.saveProblem !== null) await this.read();
  }

  async #saveEdited(): Promise<void> {
    for (const { envVariable } of this.edited) {
      // It may have been undone meanwhile, or the panel may have it already.
      const variable = this.edited.find((each) => each.envVariable === envVariable);
      if (variable === undefined || this.judgement(variable) !== null) continue;
      await this.#saveVariable(variable);
      if (this.saveProblem !== null) return;
    }
    if (this.isImageEdited) await this.#saveImage();
  }

  /** Reads what the panel has made of the last saving; false where that can't be told. */
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
      const input = { serverId: this.#serverId, key, value: typed.trim() };
      this.#take(await this.#client.call('startup.setVariable', input));
      this.#hasNews = true;
      if (this.#typed.get(key) === typed) this.#typed.delete(key);
    } catch (error) {
      const problem = toProblem(error);
      if (problem.maybeDone === true) this.#unsure.set(key, typed);
      if (ofOneValue.includes(problem.code)) this.#refused.set(key, problem);
      else this.saveProblem = problem;
    }
  }

  /** The startup as the panel has it now; what may have been saved before is known from then on. */
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

  async #saveImage(): Promise<void> {
    const image = this.image.text;
    this.saving = 'image';
    this.#imageProblem = null;
    try {
      await this.#client.call('server.setDockerImage', { serverId: this.#serverId, image });
      this.image.taken(image);
      this.#hasNews = true;
    } catch (error) {
      this.#imageProblem = toProblem(error);
    }
  }

  /** What was said of the last saving is no longer about what stands there. */
  #touched(): void {
    if (this.saving !== null) return;
    this.saveProblem = null;
    this.#hasNews = false;
  }
}
