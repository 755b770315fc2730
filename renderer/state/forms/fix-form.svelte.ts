/** What a person does about a server that does not come up: what they choose or enter, and how sending it goes. */
import type { Startup } from '../../../bridge/schema/domain.js';
import { toProblem, type Problem } from '../../../bridge/errors.js';
import { imageFor, type Image } from '../../../bridge/fix-its/java-image.js';
import type { PerchClient } from '../../api.js';
import { bareImage } from './startup-form.svelte.js';

/** The variable in which eggs keep the token that a game server logs in to Steam with. */
const steamVariable = 'STEAM_ACC';

export class FixForm {
  /** null until it is read. */
  startup = $state.raw<Startup | null>(null);
  image = $state('');
  proposed = $state.raw<Image | null>(null);
  token = $state('');
  working = $state(false);
  problem = $state.raw<Problem | null>(null);
  readonly #client: PerchClient;
  readonly #serverId: string;

  constructor(client: PerchClient, serverId: string) {
    this.#client = client;
    this.#serverId = serverId;
  }

  /** The egg has a token that may be entered; also while nobody knows. */
  get takesToken(): boolean {
    if (this.startup === null) return true;
    return this.startup.variables.some(
      ({ envVariable, isEditable }) => envVariable === steamVariable && isEditable,
    );
  }

  /** The panel changes no image that is not one of the egg's (PROTOCOL 2.9); also while nobody knows. */
  knows(image: string): boolean {
    return this.startup?.images.some((each) => bareImage(each.image) === bareImage(image)) ?? true;
  }

  /** Reads how the server starts. `java` = what it needs; null where that is not known, undefined where it is not about Java. */
  async read(current: string, java: number | null | undefined): Promise<void> {
    await this.#do(async () => {
      this.startup = await this.#client.call('startup.read', { serverId: this.#serverId });
      const { images } = this.startup;
      const now = images.find(({ image }) => bareImage(image) === bareImage(current))?.image ?? current;
      this.proposed = java === undefined ? null : imageFor(images, now, java);
      this.image = this.proposed?.image ?? now;
    });
  }

  /** Each resolves with whether it was done; what went wrong is `problem`. */
  acceptEula(): Promise<boolean> {
    return this.#do(() => this.#client.call('server.acceptEula', { serverId: this.#serverId }));
  }

  changeImage(): Promise<boolean> {
    return this.#do(() =>
      this.#client.call('server.setDockerImage', { serverId: this.#serverId, image: this.image }),
    );
  }

  saveToken(): Promise<boolean> {
    const value = this.token.trim();
    return this.#do(() =>
      this.#client.call('startup.setVariable', { serverId: this.#serverId, key: steamVariable, value }),
    );
  }

  async #do(what: () => Promise<unknown>): Promise<boolean> {
    if (this.working) return false;
    this.working = true;
    this.problem = null;
    try {
      await what();
      return true;
    } catch (error) {
      this.problem = toProblem(error);
      return false;
    } finally {
      this.working = false;
    }
  }
}
