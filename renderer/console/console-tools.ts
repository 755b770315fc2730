import { say } from '../../messages/messages.js';
import type { IconName } from '../ui/drawings/icons.js';
import type { MenuAction, MenuItem } from '../ui/menus/menu.js';

/** What the toolbar, its menu and the shortcuts of a console share. */
export interface ConsoleTools {
  /** What the person's keyboard has for commands: `Ctrl` or `⌘`. */
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
  clear(): void;
  links(): string[];
  openLink(url: string): void;
}

/** What a key does while the focus is in the console; null where the key is not ours. */
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
  // By the place of the key: with Option, a Mac's keyboard writes other characters.
  return event.code === 'KeyT' ? 'toggleTimestamps' : event.code === 'KeyZ' ? 'toggleWrap' : null;
}

/** Whether a key that was pressed where nothing takes text begins a command. */
export function beginsCommand(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'>,
): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  // Space presses what has the focus, and the other two are keys of the window.
  return [...event.key].length === 1 && ![' ', '/', '?'].includes(event.key);
}

/** One of them, as the bar and the menu show it. */
export interface ToolItem {
  readonly icon: IconName;
  readonly label: string;
  /** What the menu calls it, where it says what it would do now. */
  readonly menuLabel?: string;
  readonly hint: string;
  /** Set for what is turned on and off. */
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

/** All of the bar, and what has no button there. Which addresses are in view is asked now. */
export function toolMenu(tools: ConsoleTools): MenuItem[] {
  const { search, timestamps, wrap, copy, save, clear } = toolItems(tools);
  const links = tools
    .links()
    .map((url) => action({ icon: 'external', label: url, run: () => tools.openLink(url) }));
  const none = {
    kind: 'action',
    label: say('console.links-none'),
    blocked: say('console.links-none-why'),
    run: () => undefined,
  } as const;
  return [
    ...[search, timestamps, wrap].map(action),
    { kind: 'line' },
    ...[copy, { icon: 'copy' as const, label: say('console.copy-all'), run: tools.copyAll }, save].map(
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
