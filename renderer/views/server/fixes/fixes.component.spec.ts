import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Server } from '../../../../bridge/schema/domain.js';
import { shownFixIt } from '../../../../bridge/fix-its/fix-it.js';
import { isNamedFix } from '../../../../bridge/fix-its/fix-kinds.js';
import { fixKindSchema, type FixIt, type FixKind } from '../../../../bridge/schema/fix-its.js';
import type { ReportedCrash } from '../../../../bridge/schema/crash-reports.js';
import { sentence } from '../../../../messages/messages.js';
import { anAccount, aServer, someSettings } from '../../../../tests/support/entities.js';
import { FakeBridge } from '../../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../../api.js';
import type { WindowState } from '../../../state/context.js';
import { createWindowState } from '../../../state/window-state.js';
import Frame from '../../frame.svelte';
import FixBanner from './fix-banner.svelte';

const user = userEvent.setup();
const id = 'home/u0';
const fix = (kind: FixKind): FixIt => ({
  kind,
  at: 1,
  ...(isNamedFix(kind) ? { about: 'THING' } : {}),
  lines: ['first line', 'last line'],
});

describe('obstacles that keep a server from running', () => {
  let bridge: FakeBridge;
  let sharing: WindowState['sharing'];

  beforeEach(() => {
    bridge = new FakeBridge();
    bridge.answer('startup.read', { variables: [], command: '', template: '', images: [] });
    const state = createWindowState(new PerchClient(bridge));
    ({ sharing } = state);
    const props = {
      get server() {
        return state.fleet.server(id) ?? aServer({ id });
      },
      get fixIt() {
        return shownFixIt(props.server, state.settings.current.dismissedFixes, null);
      },
    };
    const view: Component = (anchor) => FixBanner(anchor, props);
    render(Frame, { view, state });
    bridge.snapshot('settings', someSettings());
  });

  async function shows(fields: Partial<Server>): Promise<void> {
    const server = aServer({ id, uuid: 'u0', power: 'offline', permissions: ['*'], ...fields });
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
    await tick();
  }

  it.each(fixKindSchema.options)(
    '%s is shown with its meaning, its lines, and a text for the host',
    async (kind) => {
      await shows({ fixIt: fix(kind) });
      await user.click(screen.getByTestId('fix-it-open'));
      expect(screen.getByTestId('fix-it-lines').textContent).toBe('first line\nlast line');
      await user.click(screen.getByTestId('fix-it-request'));
      const copied = bridge.calls.find(({ name }) => name === 'clipboard.write')?.input as { text: string };
      expect(copied.text).toMatch(
        /^Server: .*\nID: .*\nNode: .*\nProblem: .*\n\nConsole:\nfirst line\nlast line$/,
      );
    },
  );

  it('names the plugin, mod or file of the line', async () => {
    await shows({ fixIt: { ...fix('plugin-dependency'), about: 'Vault' } });
    expect(screen.getByTestId('fix-it').textContent).toContain('The plugin Vault is missing.');
    await user.click(screen.getByTestId('fix-it-open'));
    expect(screen.getByTestId('fix-it-dialog').textContent).toContain('Another plugin needs it.');
  });

  describe('with a crash report', () => {
    const report: ReportedCrash = {
      path: '/crash-reports/crash-1.txt',
      at: new Date().setHours(14, 32, 0, 0),
      description: 'Ticking entity',
      cause: 'java.lang.NullPointerException',
      suspect: 'Owls.jar',
    };
    const fixIt: FixIt = { kind: 'ticking-entity', at: 1, lines: ['Description'], isInReport: true, report };

    it('shows its time, the crash, and whose code it names', async () => {
      await shows({ fixIt });
      expect(screen.getByTestId('fix-it').textContent).toMatch(
        /Crash report of (?:.* )?14:32: Ticking entity, caused by java\.lang\.NullPointerException\. Suspected: Owls\.jar\./,
      );
    });

    it('names a memory dump, whose content nobody sees, copies or shares', async () => {
      await shows({ fixIt });
      bridge.answer('crashReport.open', {
        report: { ...report, path: '/dumps/crash\u202e_1.dmp' },
        lines: [],
        causeLine: null,
        isCut: false,
      });
      await user.click(screen.getByTestId('fix-it-report'));
      const dump = await screen.findByTestId('crash-report-dump');
      expect(dump.textContent).toMatch(/memory dump of the crash: \/dumps\/crash.{0,12}_1\.dmp\./);
      expect(dump.textContent).not.toContain('\u202e');
      expect(screen.queryByTestId('crash-report-copy')).toBeNull();
    });

    it('opens the report at its cause, and copies it', async () => {
      await shows({ fixIt });
      bridge.answer('crashReport.open', {
        report,
        lines: ['Head', 'Cause', 'Tail'],
        causeLine: 1,
        isCut: true,
      });
      await user.click(screen.getByTestId('fix-it-report'));
      expect((await screen.findByTestId('crash-report-lines')).textContent).toBe('Head\nCause\nTail\n');
      expect(screen.getByTestId('crash-report-cause').textContent).toBe('Cause\n');
      expect(screen.getByTestId('crash-report').textContent).toContain('This is the part around the cause.');
      await user.click(screen.getByTestId('crash-report-copy'));
      expect(bridge.calls.at(-1)).toEqual({
        name: 'clipboard.write',
        input: { text: 'Head\nCause\nTail\n' },
      });
      await user.click(screen.getByTestId('crash-report-share'));
      expect(screen.queryByTestId('crash-report')).toBeNull();
      expect(sharing.wanted).toMatchObject({ title: 'crash-1.txt', text: 'Head\nCause\nTail\n' });
    });

    it('says why the report can’t be shown', async () => {
      await shows({ fixIt });
      const problem = {
        code: 'not-found',
        message: sentence('fixes.no-report', { places: 'hs_err_pid*.log' }),
        next: sentence('fixes.no-report-next'),
      } as const;
      bridge.refuse('crashReport.open', problem);
      await user.click(screen.getByTestId('fix-it-report'));
      expect((await screen.findByTestId('crash-report-problem')).textContent).toContain(
        'Perch found no crash report',
      );
      expect(screen.queryByTestId('crash-report-copy')).toBeNull();
    });

    it('says that the lines are those of the report', async () => {
      await shows({ fixIt });
      await user.click(screen.getByTestId('fix-it-open'));
      expect(screen.getByTestId('fix-it-dialog').textContent).toContain('In the crash report');
    });
  });

  it('is announced, but its dialog is not', async () => {
    const announced = '[aria-live], [role=status], [role=alert]';
    await shows({ fixIt: fix('port') });
    expect(screen.getByTestId('fix-it').closest('[aria-live=polite]')).not.toBeNull();
    await user.click(screen.getByTestId('fix-it-open'));
    expect(screen.getByTestId('fix-it-dialog').closest(announced)).toBeNull();
  });

  it('describes the server, and has the highlighted button', async () => {
    await shows({ fixIt: fix('eula'), crashedAt: 1, crash: { exitCode: 1, outOfMemory: false } });
    const banner = screen.getByTestId('fix-it');
    expect(banner.textContent).toContain('The server crashed. It ended with exit code 1.');
    expect(screen.getByTestId('fix-it-open').className).toContain('primary');
    await shows({ fixIt: fix('eula') });
    expect(screen.getByTestId('fix-it').textContent).toContain('The server is offline.');
  });

  it('is hidden while the server runs', async () => {
    await shows({ fixIt: fix('port'), power: 'running' });
    expect(screen.queryByTestId('fix-it')).toBeNull();
  });

  it.each<[FixKind, string]>([
    ['eula', 'file.create'],
    ['java', 'startup.docker-image'],
    ['image', 'startup.docker-image'],
    ['steam-account', 'startup.update'],
  ])('%s says that %s is missing', async (kind, permission) => {
    await shows({ fixIt: fix(kind), permissions: ['control.start'] });
    await user.click(screen.getByTestId('fix-it-open'));
    expect(screen.getByTestId('fix-it-blocked').textContent).toContain(permission);
    await user.click(screen.getByTestId('fix-it-go'));
    expect(bridge.calls.map(({ name }) => name)).not.toContain('power.send');
  });

  it('opens the page on which a person signs in for a server that waits', async () => {
    const url = 'https://oauth.accounts.hytale.com/oauth2/device/verify?user_code=ABCD1234';
    const fixIt = { ...fix('hytale-login'), lines: ['Please visit:', url] };
    await shows({ fixIt, power: 'starting', permissions: [] });
    await user.click(screen.getByTestId('fix-it-open'));
    await user.click(screen.getByTestId('fix-it-page'));
    expect(bridge.calls.at(-1)).toEqual({ name: 'link.open', input: { url } });
    expect(screen.queryByTestId('fix-it-dialog')).toBeNull();

    await shows({ fixIt: { ...fixIt, at: 2 }, power: 'offline', permissions: ['*'] });
    await user.click(screen.getByTestId('fix-it-open'));
    expect(screen.queryByTestId('fix-it-page')).toBeNull();
    expect(screen.getByTestId('fix-it-go').textContent).toContain('Start');
  });

  it('can be hidden for this server', async () => {
    await shows({ fixIt: fix('port') });
    bridge.answer('settings.update', someSettings({ dismissedFixes: [{ serverId: id, kind: 'port' }] }));
    await user.click(screen.getByRole('button', { name: 'Don’t show this for this server again' }));
    expect(bridge.calls.at(-1)).toEqual({
      name: 'settings.update',
      input: { dismissedFixes: [{ serverId: id, kind: 'port' }] },
    });
    expect(screen.queryByTestId('fix-it')).toBeNull();
  });
});
