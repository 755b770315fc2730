/**
 * Whether the bar of a Linux desktop is dark, as far as that can be known. Pure.
 *
 * No desktop tells a program the colour of its bar. KDE and MATE draw the bar as the theme of the windows. The desktops
 * below have a dark bar in their light theme too (PLATFORM "Tray" 8): XFCE's panel has its own "dark mode", which is on
 * from the start.
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

/** `desktop` = `XDG_CURRENT_DESKTOP`, as `ubuntu:GNOME` or `X-Cinnamon`. */
export function hasDarkBar(desktop: string, isDarkTheme: boolean): boolean {
  const names = desktop.toLowerCase().split(':');
  return isDarkTheme || names.some((name) => darkBars.some((bar) => name.replace(/^x-/, '').startsWith(bar)));
}
