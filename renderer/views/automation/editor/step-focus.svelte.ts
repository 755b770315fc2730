/** Which step of a rule shows its fields, and which one takes the keyboard's focus after a change of the list. */
import { tick } from 'svelte';

export class StepFocus {
  /** Place of the open step: `3.then.1`; null = none. */
  shown = $state<string | null>(null);
  /** Element that holds all steps. */
  root: HTMLElement | undefined = $state.raw();

  toggle(place: string): void {
    this.shown = this.shown === place ? null : place;
  }

  /** Opens a new step, with the focus on its first field or on its row. */
  open(place: string): void {
    this.shown = place;
    void this.#focus(
      `${rowOf(place)} ~ [data-step-fields] :is(input, [role=combobox])`,
      `${rowOf(place)} [data-step]`,
    );
  }

  /** Follows a step to its new place. Steps below a moved "if" are closed. */
  moved(from: string, to: string): void {
    if (this.shown === from) this.shown = to;
    else if (this.shown === to) this.shown = from;
    else if (this.shown?.startsWith(`${from}.`) || this.shown?.startsWith(`${to}.`)) this.shown = null;
    void this.#focus(`${rowOf(to)} [data-step]`);
  }

  /** `next` = the step that stands there now; null = none. */
  removed(next: string | null): void {
    this.shown = null;
    void this.#focus(next === null ? '[data-testid=step-add]' : `${rowOf(next)} [data-step]`);
  }

  async #focus(...selectors: string[]): Promise<void> {
    await tick();
    const found = selectors.map((one) => this.root?.querySelector<HTMLElement>(one)).find(Boolean);
    found?.focus();
  }
}

const rowOf = (place: string): string => `[data-place="${place}"]`;
