/** Shape of the palette's entries, and the world that they are made from. */
import type { PowerSignal } from '../../../bridge/schema/domain.js';
import type { FoundFile } from '../../../bridge/schema/files.js';
import type { Settings } from '../../../bridge/schema/settings.js';
import type { View } from '../../../bridge/schema/view.js';
import type { PlayerTest } from '../../search/player-filter.js';
import type { ServerText } from '../../search/server-text.js';
import type { IconName } from '../../ui/drawings/icons.js';
import type { MenuLeaf } from './menu-leaves.js';
import type { Prefix } from './palette-modes.js';

/** Owner of a menu. */
export type MenuOf =
  | { readonly kind: 'server'; readonly serverId: string }
  | { readonly kind: 'group'; readonly groupId: string }
  | { readonly kind: 'perch' };

/** Effect of choosing an entry. */
export type PaletteChoice =
  | { readonly kind: 'go'; readonly view: View }
  | { readonly kind: 'power'; readonly signal: PowerSignal; readonly serverId: string }
  /** Restart with a warning to the players. */
  | { readonly kind: 'warn'; readonly serverId: string }
  | { readonly kind: 'copy-address'; readonly serverId: string }
  | { readonly kind: 'open-panel'; readonly serverId: string }
  /** Looks for a file of a server in the palette. */
  | { readonly kind: 'look-for-file'; readonly serverId: string }
  /** Opens a file in the editor and a folder in its list; shows another kind of file in its folder. */
  | {
      readonly kind: 'file';
      readonly serverId: string;
      readonly path: string;
      readonly fileKind: FoundFile['kind'];
    }
  | { readonly kind: 'theme'; readonly theme: Settings['theme'] }
  /** Opens the next server that needs attention. */
  | { readonly kind: 'next' }
  /** Opens the sheet of shortcuts. */
  | { readonly kind: 'keys' }
  /** Switches between whole sidebar and rail. */
  | { readonly kind: 'sidebar' }
  /** Runs an item of a menu. */
  | { readonly kind: 'menu'; readonly menu: MenuOf; readonly item: string }
  /** Restricts the palette to a mode. */
  | { readonly kind: 'prefix'; readonly prefix: Prefix };

export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  /** Label of an action where its server is named already: in a part of the list, and among the actions of a server. */
  readonly short?: string;
  /** Heading of the part of the list that the entry is in; absent in a list by rank. */
  readonly part?: string;
  /** `Perch`, or the distinction from servers of the same name; empty if the label suffices. */
  readonly hint: string;
  readonly icon: IconName;
  /** Server whose mark replaces the icon. */
  readonly markOf?: string;
  readonly choice: PaletteChoice;
  /** Whether the entry is the current choice of several. */
  readonly isChecked?: boolean;
  /** Search words besides the label. */
  readonly words?: string;
  /** Shortcut in the format of `ui/keyboard/key-names.ts`. */
  readonly keys?: string;
}

/** `unsure` = unknown whether the choice is possible now. */
export type Standing = 'possible' | 'unsure' | 'blocked';

export interface PaletteWorld {
  /** Servers, in the order for results of equal rank. */
  readonly servers: readonly ServerText[];
  /** Accounts on panels, in the user's order. */
  readonly accounts: readonly { readonly id: string; readonly label: string }[];
  /** Server shown in the window; its actions come first and need no name. */
  readonly shownId: string | null;
  /** Recently opened servers, newest first. */
  readonly recentIds: readonly string[];
  /** Groups, pins and panels, as in the table. */
  readonly sections: readonly {
    readonly key: string;
    readonly title: string;
    readonly isGroup: boolean;
    /** Null for pins and panels, which have no menu. */
    readonly groupId: string | null;
    readonly count: number;
  }[];
  /** The servers whose players pass the tests. */
  withPlayers(tests: readonly PlayerTest[]): readonly ServerText[];
  /** Current items of a menu. */
  menuOf(menu: MenuOf): readonly MenuLeaf[];
  /** Distinction from servers of the same name (`besideText`). */
  besideOf(serverId: string): string;
  /** Whether a choice is possible now. */
  standingOf(choice: PaletteChoice): Standing;
}
