/** The form of a fix-it: the user's choices and input, and the state of sending them. */
import type { Startup } from '../../../bridge/schema/startup.js';
import { imageFor, type Image } from '../../../bridge/fix-its/java-image.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';
import { bareImage } from './startup-values.js';

/** Startup variable in which eggs store the Steam token of a game server. */
const steamVariable = 'STEAM_ACC';

export class FixForm {
  /** null until read. */
  startup = $state.raw<Startup | null>(null);
  image = $state('');
  proposed = $state.raw<Image | null>(null);
  token = $state('');
  /** The call in progress: reading, or a change. */
  readonly task = new Task();

  constructor(
    private readonly client: PerchClient,
    private readonly serverId: string,
  ) {}

  /** Whether the egg has an editable token; true while unknown. */
  get takesToken(): boolean {
    if (this.startup === null) return true;
    return this.startup.variables.some(
      ({ envVariable, isEditable }) => envVariable === steamVariable && isEditable,
    );
  }

  /** Whether the egg has this image; true while unknown. The panel accepts no other image (PROTOCOL 2.9). */
  knows(image: string): boolean {
    return this.startup?.images.some((each) => bareImage(each.image) === bareImage(image)) ?? true;
  }

  /**
   * Reads the startup and proposes an image.
   * `java` = the version that the server needs; null if unknown, undefined if the fix-it is not about Java.
   */
  async read(current: string, java: number | null | undefined): Promise<void> {
    await this.#do(async () => {
      this.startup = await this.client.call('startup.read', { serverId: this.serverId });
      const { images } = this.startup;
      const now = images.find(({ image }) => bareImage(image) === bareImage(current))?.image ?? current;
      this.proposed = java === undefined ? null : imageFor(images, now, java);
      this.image = this.proposed?.image ?? now;
    });
  }

  /** The following methods resolve with true on success; otherwise the problem of `task` says why. */
  acceptEula(): Promise<boolean> {
    return this.#do(() => this.client.call('server.acceptEula', { serverId: this.serverId }));
  }

  changeImage(): Promise<boolean> {
    return this.#do(() =>
      this.client.call('server.setDockerImage', { serverId: this.serverId, image: this.image }),
    );
  }

  saveToken(): Promise<boolean> {
    const value = this.token.trim();
    return this.#do(() =>
      this.client.call('startup.setVariable', { serverId: this.serverId, key: steamVariable, value }),
    );
  }

  async #do(what: () => Promise<unknown>): Promise<boolean> {
    return !this.task.isRunning && (await this.task.run(what)) !== null;
  }
}
