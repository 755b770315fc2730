/**
 * Whether the bar of a Linux desktop is dark, as far as that can be known. Pure.
 *
 * No desktop but XFCE tells a program the colour of its bar. KDE and MATE draw the bar as the theme of the windows. The
 * desktops below have a dark bar in their light theme too (PLATFORM "Tray" 8): XFCE's panel has its own "dark mode", which
 * is on from the start and can be asked for (`xfce-panel.ts`).
 */
const darkBars = [
  'gnome',
  'unity',
  'xfce',
  'cinnamon',
  'budgie',
  'pantheon',
  'deepin',
  'i3',
  'sway',
  'hyprland',
] as const;

/**
 * `desktop` = `XDG_CURRENT_DESKTOP`, as `ubuntu:GNOME` or `X-Cinnamon`; `isDarkPanel` = what the desktop tells of its panel,
 * null where it tells nothing.
 */
export function hasDarkBar(
  desktop: string,
  isDarkTheme: boolean,
  isDarkPanel: boolean | null = null,
): boolean {
  const names = desktop.toLowerCase().split(':');
  if (isDarkPanel !== null) return isDarkTheme || isDarkPanel;
  return isDarkTheme || names.some((name) => darkBars.some((bar) => name.replace(/^x-/, '').startsWith(bar)));
}

/** Whether this is the desktop whose panel can be asked. */
export function isXfce(desktop: string): boolean {
  return desktop.toLowerCase().split(':').includes('xfce');
}
