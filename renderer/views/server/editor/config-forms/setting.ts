/** A form's facts about one setting of a configuration file. */
import type { PlainId } from '../../../../../messages/messages.js';

interface Named {
  /** Place in the file, as its format writes places: `max-players`, `settings.bungeecord`, `ServerSettings/ServerPVE`. */
  readonly key: string;
  readonly label: PlainId;
  readonly hint?: PlainId;
}

/** A choice of the setting; `label` is missing for a value that the game itself shows, such as `1`. */
interface Choice {
  readonly value: string;
  readonly label?: PlainId;
}

export type Setting = Named &
  (
    | { readonly kind: 'switch' }
    | { readonly kind: 'number'; readonly isInteger: boolean; readonly min: number; readonly max?: number }
    | {
        readonly kind: 'choice';
        readonly choices: readonly Choice[];
        /** True if the game reads `NONE` as `none`; the choices are in small letters. */
        readonly ignoresCase?: boolean;
      }
    | { readonly kind: 'text' }
  );

/** Settings of a file that stand together in the form. */
export interface SettingGroup {
  readonly title: PlainId;
  readonly settings: readonly Setting[];
}

/** A whole number; without `max` no upper bound applies. */
export const whole = (min: number, max?: number) => ({
  kind: 'number' as const,
  isInteger: true,
  min,
  ...(max === undefined ? {} : { max }),
});

/** A factor, such as the speed of a day: 1 is the game's own speed. */
export const factor = { kind: 'number', isInteger: false, min: 0 } as const;
export const onOff = { kind: 'switch' } as const;
export const text = { kind: 'text' } as const;
