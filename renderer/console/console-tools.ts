import { say } from '../../messages/messages.js';
import type { IconName } from '../ui/drawings/icons.js';
import type { MenuAction, MenuItem } from '../ui/menus/menu.js';

/** State and actions shared by toolbar, menu and shortcuts of a console. */
export interface ConsoleTools {
  /** Command key of the keyboard: `Ctrl` or `⌘`. */
  readonly keys: string;
  readonly searching: boolean;
  readonly timestamps: boolean;
  readonly wrap: boolean;
  readonly selected: boolean;
  readonly saving: boolean;
  search(): void;
  toggleTimestamps(): void;
  toggleWrap(): void;
  copySelection(): void;
  copyAll(): void;
  save(): void;
  share(): void;
  clear(): void;
  links(): string[];
  openLink(url: string): void;
}

/** Tool of a shortcut that is pressed in the console; null for other keys. */
export function toolOfKey(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): 'search' | 'save' | 'clear' | 'toggleTimestamps' | 'toggleWrap' | null {
  if (event.shiftKey) return null;
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (command && !event.altKey) {
    return key === 'f' ? 'search' : key === 's' ? 'save' : key === 'l' ? 'clear' : null;
  }
  if (!event.altKey || command) return null;
  // Compares the key's position: with Option, a Mac keyboard produces other characters.
  return event.code === 'KeyT' ? 'toggleTimestamps' : event.code === 'KeyZ' ? 'toggleWrap' : null;
}

/** Whether a key that was pressed outside of text fields begins a command. */
export function beginsCommand(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'>,
): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  // Space presses the focused element; `/` and `?` are shortcuts of the window.
  return [...event.key].length === 1 && ![' ', '/', '?'].includes(event.key);
}

/** Tool as shown in the toolbar and the menu. */
export interface ToolItem {
  readonly icon: IconName;
  readonly label: string;
  /** Label in the menu, where the menu names the next state. */
  readonly menuLabel?: string;
  readonly hint: string;
  /** Set for toggles. */
  readonly pressed?: boolean;
  readonly blocked?: string | null;
  readonly busy?: boolean;
  run(): void;
}

type ToolName = 'search' | 'timestamps' | 'wrap' | 'copy' | 'save' | 'clear';

export function toolItems(tools: ConsoleTools): Record<ToolName, ToolItem> {
  const { keys, timestamps, wrap } = tools;
  return {
    search: {
      icon: 'search',
      label: say('common.search'),
      hint: withKeys(say('common.search'), `${keys}+F`),
      pressed: tools.searching,
      run: tools.search,
    },
    timestamps: {
      icon: 'clock',
      label: say('console.time'),
      menuLabel: say(timestamps ? 'console.time-hide' : 'console.time-show'),
      hint: say('console.time-hint', { keys: 'Alt+T' }),
      pressed: timestamps,
      run: tools.toggleTimestamps,
    },
    wrap: {
      icon: 'wrap',
      label: say('console.wrap'),
      menuLabel: say(wrap ? 'console.wrap-not' : 'console.wrap'),
      hint: withKeys(say('console.wrap'), 'Alt+Z'),
      pressed: wrap,
      run: tools.toggleWrap,
    },
    copy: {
      icon: 'copy',
      label: say('console.copy'),
      hint: withKeys(say('console.copy'), `${keys}+C`),
      blocked: tools.selected ? null : say('console.copy-none'),
      run: tools.copySelection,
    },
    save: {
      icon: 'save',
      label: say('console.save'),
      hint: withKeys(say('console.save'), `${keys}+S`),
      busy: tools.saving,
      run: tools.save,
    },
    clear: {
      icon: 'clear',
      label: say('console.clear'),
      hint: withKeys(say('console.clear'), `${keys}+L`),
      run: tools.clear,
    },
  };
}

function withKeys(what: string, keys: string): string {
  return say('common.with-keys', { what, keys });
}

/** Entries of the tool menu: the toolbar's, and the links in view at the time of the call. */
export function toolMenu(tools: ConsoleTools): MenuItem[] {
  const { search, timestamps, wrap, copy, save, clear } = toolItems(tools);
  const links = tools
    .links()
    .map((url) => action({ icon: 'external', label: url, run: () => tools.openLink(url) }));
  const share = {
    icon: 'link' as const,
    label: say(tools.selected ? 'sharing.selection' : 'sharing.console'),
    run: tools.share,
  };
  const none = {
    kind: 'action',
    label: say('console.links-none'),
    blocked: say('console.links-none-why'),
    run: () => undefined,
  } as const;
  return [
    ...[search, timestamps, wrap].map(action),
    { kind: 'line' },
    ...[copy, { icon: 'copy' as const, label: say('console.copy-all'), run: tools.copyAll }, save, share].map(
      action,
    ),
    {
      kind: 'folder',
      label: say('console.links'),
      icon: 'external',
      items: links.length > 0 ? links : [none],
    },
    { kind: 'line' },
    action(clear),
  ];
}

function action({ icon, label, menuLabel = label, blocked = null, run }: Omit<ToolItem, 'hint'>): MenuAction {
  return { kind: 'action', icon, label: menuLabel, blocked, run };
}
