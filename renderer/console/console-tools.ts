import type { IconName } from '../ui/icons.js';
import type { MenuAction, MenuItem } from '../ui/menu.js';

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
      label: 'Search',
      hint: `Search (${keys}+F)`,
      pressed: tools.searching,
      run: tools.search,
    },
    timestamps: {
      icon: 'clock',
      label: 'Time of each line',
      menuLabel: timestamps ? 'Hide the time of each line' : 'Show the time of each line',
      hint: 'Time of each line (Alt+T). Lines from before Perch was connected have none.',
      pressed: timestamps,
      run: tools.toggleTimestamps,
    },
    wrap: {
      icon: 'wrap',
      label: 'Wrap long lines',
      menuLabel: wrap ? 'Leave long lines whole' : 'Wrap long lines',
      hint: 'Wrap long lines (Alt+Z)',
      pressed: wrap,
      run: tools.toggleWrap,
    },
    copy: {
      icon: 'copy',
      label: 'Copy selection',
      hint: `Copy selection (${keys}+C)`,
      blocked: tools.selected ? null : 'Select text in the console first.',
      run: tools.copySelection,
    },
    save: {
      icon: 'save',
      label: 'Save to a file',
      hint: `Save to a file (${keys}+S)`,
      busy: tools.saving,
      run: tools.save,
    },
    clear: { icon: 'clear', label: 'Clear console', hint: `Clear console (${keys}+L)`, run: tools.clear },
  };
}

/** All of the bar, and what has no button there. Which addresses are in view is asked now. */
export function toolMenu(tools: ConsoleTools): MenuItem[] {
  const { search, timestamps, wrap, copy, save, clear } = toolItems(tools);
  const links = tools
    .links()
    .map((url) => action({ icon: 'external', label: url, run: () => tools.openLink(url) }));
  const none = {
    kind: 'action',
    label: 'None',
    blocked: 'No link is in view.',
    run: () => undefined,
  } as const;
  return [
    ...[search, timestamps, wrap].map(action),
    { kind: 'line' },
    ...[copy, { icon: 'copy' as const, label: 'Copy everything', run: tools.copyAll }, save].map(action),
    { kind: 'folder', label: 'Links in view', icon: 'external', items: links.length > 0 ? links : [none] },
    { kind: 'line' },
    action(clear),
  ];
}

function action({ icon, label, menuLabel = label, blocked = null, run }: Omit<ToolItem, 'hint'>): MenuAction {
  return { kind: 'action', icon, label: menuLabel, blocked, run };
}
