/** Attributes that are missing in Svelte's types. */
import 'svelte/elements';

declare module 'svelte/elements' {
  interface AriaAttributes {
    /**
     * Additional description next to `aria-label`; supported by Chromium, and part of the next version of the
     * standard.
     */
    'aria-description'?: string | null | undefined;
  }
}
