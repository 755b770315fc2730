import { sentence } from '../../messages/messages.js';
import { askForHost } from '../bus/host-names.js';
import { askBus } from '../bus/ask-bus.js';
import { daemonCode, desktopCode, processorCode, sessionCode, systemCode, versionIn } from './facts.js';
import type { DoctorPorts } from './ports.js';
import { newFault, newFinding, newStep, type Finding, type DoctorStep } from './step.js';

const busMs = 6000;
/** Limit for three keychain calls, each of which the vault limits as well. */
const keychainMs = 20_000;

/** Steps for Perch itself and the desktop. */
export function computerSteps(ports: DoctorPorts): DoctorStep[] {
  return [
    newStep('versions', busMs, () => versions(ports)),
    newStep('command-line', busMs, () => commandLine(ports)),
    newStep('tray', busMs, () => tray(ports)),
    newStep('notifications', busMs, () => notifications(ports)),
    newStep('keychain', keychainMs, () => keychain(ports)),
  ];
}

function versions({ versions: of, platform, env }: DoctorPorts): Finding {
  const { perch, electron, chromium, node, system, processor, isPackaged } = of;
  return newFinding(
    'good',
    sentence('diagnostics.versions', { perch, electron, system: `${platform} ${system}` }),
    {
      perch: versionIn(perch),
      electron: versionIn(electron),
      chromium: versionIn(chromium),
      node: versionIn(node),
      system: systemCode(platform),
      release: versionIn(system),
      processor: processorCode(processor),
      packaged: isPackaged,
      desktop: desktopCode(env['XDG_CURRENT_DESKTOP'] ?? ''),
      session: sessionCode(env['XDG_SESSION_TYPE'] ?? ''),
    },
  );
}

function commandLine({ isReachable }: DoctorPorts): Finding {
  if (isReachable()) return newFinding('good', sentence('diagnostics.reachable'), { listens: true });
  return {
    result: 'warning',
    detail: sentence('diagnostics.not-reachable'),
    next: sentence('diagnostics.see-log'),
    facts: { listens: false },
  };
}

async function tray({ platform, connectBus, desktop }: DoctorPorts): Promise<Finding> {
  const isShown = desktop.hasTray();
  if (platform !== 'linux') return trayFinding(isShown, { shown: isShown });
  const answer = await askBus(connectBus, askForHost);
  if (answer === null) return newFault('bad', sentence('diagnostics.no-bus'), { bus: false });
  const hasHost = answer[0] === true;
  return trayFinding(hasHost && isShown, { shown: isShown, host: hasHost });
}

function trayFinding(isThere: boolean, facts: Readonly<Record<string, boolean>>): Finding {
  if (isThere) return newFinding('good', sentence('diagnostics.tray-shown'), facts);
  return newFault('warning', sentence('system.no-tray'), facts);
}

async function notifications({ platform, connectBus, desktop }: DoctorPorts): Promise<Finding> {
  if (platform !== 'linux') return notifiedBy(desktop.canNotify() ? '' : null, {});
  const notifier = 'org.freedesktop.Notifications';
  const place = { destination: notifier, path: '/org/freedesktop/Notifications', interface: notifier };
  const answer = await askBus(connectBus, { ...place, member: 'GetServerInformation' });
  const [name, , version] = answer ?? [];
  if (typeof name !== 'string') return notifiedBy(null, {});
  const number = typeof version === 'string' ? version : '';
  return notifiedBy(name, { daemon: daemonCode(name), version: versionIn(number) });
}

/** `name` = notification daemon; empty = the system itself; null = none. */
function notifiedBy(name: string | null, facts: NonNullable<Finding['facts']>): Finding {
  if (name === null) return newFault('bad', sentence('diagnostics.no-notifications'), { shown: false });
  const detail =
    name === ''
      ? sentence('diagnostics.notifications-system')
      : sentence('diagnostics.notifications-by', { name });
  return newFinding('good', detail, { shown: true, ...facts });
}

async function keychain({ vault, store }: DoctorPorts): Promise<Finding> {
  const inMemory = [...store.state.accounts.values()].filter(
    ({ keyStorage, isDemo }) => keyStorage === 'memory' && !isDemo,
  ).length;
  await vault.probe();
  const facts = { 'in-memory': inMemory };
  if (inMemory === 0) return newFinding('good', sentence('diagnostics.keychain-works'), facts);
  return newFault('warning', sentence('diagnostics.keychain-unused', { count: inMemory }), facts);
}
