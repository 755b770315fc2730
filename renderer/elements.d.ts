/** Attributes that Svelte's types do not know yet. */
import 'svelte/elements';

declare module 'svelte/elements' {
  interface AriaAttributes {
    /** Says what `aria-label` does not; Chromium has it, and the coming version of the standard. */
    'aria-description'?: string | null | undefined;
  }
}
