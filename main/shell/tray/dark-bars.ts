/**
 * Guesses whether the panel bar of a Linux desktop is dark. Pure.
 *
 * Only XFCE tells programs the colour of its bar: its panel has a "dark mode", on by default, which `xfce-panel.ts`
 * reads. KDE and MATE draw the bar in the window theme. The desktops below have a dark bar in their light theme too
 * (PLATFORM "Tray" 8).
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
 * `desktop` = `XDG_CURRENT_DESKTOP`, for example `ubuntu:GNOME` or `X-Cinnamon`. `isDarkPanel` = the desktop's own
 * answer; null = none.
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

export function isXfce(desktop: string): boolean {
  return desktop.toLowerCase().split(':').includes('xfce');
}
