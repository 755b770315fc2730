import { describe, expect, it, vi } from 'vitest';
import { speak } from '../../../messages/messages.js';
import { macMenu } from './mac-menu.js';

function rolesOf(developerTools: boolean): unknown[] {
  return macMenu('Perch', { quit: vi.fn(), developerTools }).flatMap(({ role, submenu }) => [
    role,
    ...(Array.isArray(submenu) ? submenu.map((entry) => entry.role) : []),
  ]);
}

describe('macMenu', () => {
  it('quits through Perch, so that Perch can ask first', () => {
    const quit = vi.fn();
    const own = macMenu('Perch', { quit, developerTools: false })[0]?.submenu;
    const entries = Array.isArray(own) ? own : [];
    expect(entries.map(({ role }) => role)).not.toContain('quit');
    expect(entries.at(-1)).toMatchObject({ label: 'Quit Perch', accelerator: 'Command+Q', click: quit });
  });

  it('has no entry that reloads the page, which would lose typed text', () => {
    const roles = rolesOf(false);
    // Electron's own view menu contains reload and the developer tools.
    for (const role of ['viewMenu', 'reload', 'forceReload', 'toggleDevTools'])
      expect(roles).not.toContain(role);
    expect(roles).toEqual(expect.arrayContaining(['zoomIn', 'zoomOut', 'resetZoom', 'togglefullscreen']));
  });

  it('has the developer tools on request', () => {
    expect(rolesOf(true)).toContain('toggleDevTools');
  });

  it('is in the current language', () => {
    speak(() => 'de');
    const labels = macMenu('Perch', { quit: vi.fn(), developerTools: false }).map(({ label }) => label);
    speak(() => 'en');
    expect(labels).toEqual(['Perch', 'Ablage', 'Bearbeiten', 'Darstellung', 'Fenster']);
  });
});
