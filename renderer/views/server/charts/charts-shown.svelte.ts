/** Whether the charts of a server are shown; the user's choice is kept per layout. */
import type { Server } from '../../../../bridge/schema/domain.js';
import type { ServerLayout } from '../../../state/server-layout.svelte.js';

/** Time offline after which charts are hidden, in ms; a restart is shorter. */
const restsAfterMs = 8000;

export class ChartsShown {
  #rests = $state(false);

  constructor(
    private readonly layout: ServerLayout,
    private readonly server: () => Server,
    /** Whether the charts would take their height from the console in a low view. */
    private readonly takesHeight: () => boolean,
  ) {
    this.#rests = this.#isOff;
  }

  get shown(): boolean {
    const { lowShown, chartsShown, pastShown } = this.layout;
    return this.takesHeight() ? lowShown : chartsShown && (!this.#rests || pastShown);
  }

  /** For an offline server, whose charts show only the past, the choice is stored separately. */
  toggle(): void {
    const shown = !this.shown;
    if (this.takesHeight()) {
      this.layout.lowShown = shown;
      return;
    }
    if (this.#rests) this.layout.pastShown = shown;
    if (shown || !this.#rests) this.layout.chartsShown = shown;
  }

  /** An effect: the charts rest once the server has been off for a while. */
  rest(): (() => void) | undefined {
    if (!this.#isOff) {
      this.#rests = false;
      return undefined;
    }
    const timer = setTimeout(() => (this.#rests = true), restsAfterMs);
    return () => clearTimeout(timer);
  }

  /** Charts stay after a crash, because the user looks for the time before it. */
  readonly #isOff = $derived.by(() => {
    const { power, crashedAt } = this.server();
    return power === 'offline' && crashedAt === null;
  });
}
