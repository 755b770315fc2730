/** The terminal's colours and font, read from the window's custom properties. */
import type { ITheme } from '@xterm/xterm';

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** `host` must be in the document: its theme decides between light and dark. */
export function readTerminalTheme(host: HTMLElement): ITheme {
  const probe = document.createElement('span');
  probe.hidden = true;
  host.append(probe);
  const read = (property: string): string => {
    probe.style.color = `var(${property})`;
    return getComputedStyle(probe).color;
  };
  const theme: Record<string, string> = {
    background: read('--surface-sunken'),
    foreground: read('--text'),
    cursor: read('--surface-sunken'),
    selectionBackground: read('--term-selection'),
    scrollbarSliderBackground: read('--line-strong'),
    scrollbarSliderHoverBackground: read('--text-faint'),
    scrollbarSliderActiveBackground: read('--text-faint'),
  };
  for (const name of names) {
    theme[name] = read(`--term-${name}`);
    theme[`bright${name.charAt(0).toUpperCase()}${name.slice(1)}`] = read(`--term-bright-${name}`);
  }
  probe.remove();
  return theme;
}

export function readMonoFont(host: HTMLElement): string {
  return getComputedStyle(host).getPropertyValue('--mono').trim();
}
