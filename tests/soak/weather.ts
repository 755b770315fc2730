import type { Dice } from './dice.js';
import type { PanelFault, TicketFault } from './model/http-port.js';
import type { ModelKeyring } from './model/keyring.js';
import type { NodeFault } from './model/model-node.js';
import type { SoakTime } from './soak-time.js';
import type { SoakWorld } from './soak-world.js';

export interface WeatherDeps {
  world: SoakWorld;
  time: SoakTime;
  dice: Dice;
  keyring: ModelKeyring;
}

/** An active trouble: its place, and how to end it. */
interface Begun {
  where: string | null;
  end(): void;
}
type Trouble = (deps: WeatherDeps) => Begun;

const over = (): void => undefined;

function ofPanel(fault: (dice: Dice) => PanelFault): Trouble {
  return ({ world, dice }) => {
    const panel = dice.pick(world.panels);
    const port = world.portOf(panel.id);
    port.fault = fault(dice);
    return { where: panel.id, end: () => (port.fault = null) };
  };
}

function ofTickets(fault: TicketFault): Trouble {
  return ({ world, dice }) => {
    const panel = dice.pick(world.panels);
    const port = world.portOf(panel.id);
    port.ticketFault = fault;
    // Closes the sockets, because a session asks for no token while its socket is open.
    for (const node of panel.nodes) node.closeAll(1006);
    return { where: panel.id, end: () => (port.ticketFault = null) };
  };
}

/** `breaks` = open sockets end when the fault begins. */
function ofNode(fault: NodeFault, breaks: boolean): Trouble {
  return ({ world, dice }) => {
    const node = dice.pick(world.nodes);
    if (breaks) node.closeAll(1006);
    node.fault = fault;
    const end = (): void => {
      node.fault = null;
      world.network.mended();
    };
    return { where: node.host, end };
  };
}

function closing(code: number): Trouble {
  return ({ world, dice }) => {
    const node = dice.pick(world.nodes);
    node.closeAll(code);
    node.fault = { kind: 'closes', code };
    return { where: node.host, end: () => (node.fault = null) };
  };
}

function ofNetwork(state: 'unplugged' | 'dead'): Trouble {
  return ({ world }) => {
    world.network.state = state;
    const end = (): void => {
      world.network.state = 'up';
      world.network.mended();
    };
    return { where: null, end };
  };
}

/** All kinds of trouble by name. Troubles of length 0 end at once. */
export const troubles: Readonly<Record<string, { begin: Trouble; lasts: readonly [number, number] }>> = {
  'panel answers 500': { begin: ofPanel(() => ({ kind: 'status', status: 500 })), lasts: [2000, 60_000] },
  'panel answers 502': { begin: ofPanel(() => ({ kind: 'status', status: 502 })), lasts: [2000, 60_000] },
  'panel answers 503': { begin: ofPanel(() => ({ kind: 'status', status: 503 })), lasts: [2000, 60_000] },
  'panel answers with a page': { begin: ofPanel(() => ({ kind: 'html' })), lasts: [2000, 60_000] },
  'panel redirects': { begin: ofPanel(() => ({ kind: 'redirect' })), lasts: [2000, 60_000] },
  'panel answers 401': { begin: ofPanel(() => ownError(401)), lasts: [1000, 40_000] },
  'panel answers 403': { begin: ofPanel(() => ownError(403)), lasts: [1000, 40_000] },
  'panel answers 404': { begin: ofPanel(() => ownError(404)), lasts: [1000, 40_000] },
  'panel answers 429': { begin: ofPanel(limited), lasts: [1000, 30_000] },
  'panel is silent': { begin: ofPanel(() => ({ kind: 'timeout' })), lasts: [5000, 60_000] },
  'panel resets': { begin: ofPanel(() => ({ kind: 'reset' })), lasts: [2000, 40_000] },
  'answers are lost': { begin: ofPanel(() => ({ kind: 'lost-answer' })), lasts: [5000, 40_000] },
  'panel is down': { begin: ofPanel(() => ({ kind: 'down' })), lasts: [2000, 60_000] },
  'panel is away': { begin: ofPanel(() => ({ kind: 'down' })), lasts: [240_000, 360_000] },
  'key is refused': { begin: ofPanel(() => ownError(401)), lasts: [150_000, 300_000] },
  'certificate is another': { begin: ofPanel(() => ({ kind: 'certificate' })), lasts: [150_000, 300_000] },
  'wrong certificate': { begin: ofPanel(() => ({ kind: 'certificate' })), lasts: [1000, 40_000] },
  'empty list': { begin: ofPanel(() => ({ kind: 'empty-list' })), lasts: [100, 3000] },
  'no token 401': { begin: ofTickets(401), lasts: [2000, 30_000] },
  'no token 403': { begin: ofTickets(403), lasts: [2000, 30_000] },
  'no token 404': { begin: ofTickets(404), lasts: [2000, 30_000] },
  'no token 409': { begin: ofTickets(409), lasts: [2000, 30_000] },
  'node is down': { begin: ofNode({ kind: 'down' }, true), lasts: [2000, 60_000] },
  'node is away': { begin: ofNode({ kind: 'down' }, true), lasts: [90_000, 240_000] },
  'node is mute': { begin: ofNode({ kind: 'mute' }, false), lasts: [3000, 60_000] },
  'handshake 403': { begin: ofNode({ kind: 'handshake', status: 403 }, true), lasts: [2000, 40_000] },
  'handshake 502': { begin: ofNode({ kind: 'handshake', status: 502 }, true), lasts: [2000, 40_000] },
  'handshake 400': { begin: ofNode({ kind: 'handshake', status: 400 }, true), lasts: [2000, 40_000] },
  'tokens denied': { begin: ofNode({ kind: 'denies' }, false), lasts: [2000, 40_000] },
  "node's certificate": { begin: ofNode({ kind: 'certificate' }, true), lasts: [2000, 40_000] },
  'close 1006': { begin: closing(1006), lasts: [0, 0] },
  'close 4400': { begin: closing(4400), lasts: [100, 5000] },
  'close 4409': { begin: closing(4409), lasts: [100, 5000] },
  'tokens revoked': { begin: revoking, lasts: [0, 0] },
  'wrong node address': { begin: wrongAddress, lasts: [3000, 40_000] },
  'cable out': { begin: ofNetwork('unplugged'), lasts: [3000, 60_000] },
  'network dead': { begin: ofNetwork('dead'), lasts: [3000, 60_000] },
  'keyring locked': { begin: locking, lasts: [3000, 60_000] },
  'clock set': { begin: settingClock, lasts: [0, 0] },
  'limit used up': { begin: usingUp, lasts: [0, 0] },
  'consoles used up': { begin: openingElsewhere, lasts: [0, 0] },
};

function ownError(status: 401 | 403 | 404): PanelFault {
  return { kind: 'own-error', status, headers: {} };
}

function limited(dice: Dice): PanelFault {
  const seconds = dice.pick([1, 5, 20, 60]);
  return { kind: 'own-error', status: 429, headers: { 'retry-after': String(seconds) } };
}

function revoking({ world, dice }: WeatherDeps): Begun {
  const node = dice.pick(world.nodes);
  node.denyAll();
  if (node.dialect.revocationEnds === 'everybody') node.closeAll(1006);
  return { where: node.host, end: over };
}

function wrongAddress({ world, dice }: WeatherDeps): Begun {
  const panel = dice.pick(world.panels);
  const node = dice.pick(panel.nodes);
  panel.wrongAddressOf = node;
  // Live sessions would keep the correct address; once closed, they fetch the wrong one.
  node.denyAll();
  node.closeAll(1006);
  return { where: node.host, end: () => (panel.wrongAddressOf = null) };
}

function locking({ keyring }: WeatherDeps): Begun {
  keyring.lock();
  return { where: null, end: () => keyring.unlocked() };
}

function settingClock({ time, dice }: WeatherDeps): Begun {
  const ms = dice.pick([-7_200_000, -3_600_000, -90_000, -5000, 5000, 90_000, 3_600_000, 86_400_000]);
  time.setClock(ms);
  return { where: null, end: over };
}

function usingUp({ world, dice }: WeatherDeps): Begun {
  const panel = dice.pick(world.panels);
  panel.othersUseUp(dice.between(0, 20));
  return { where: panel.id, end: over };
}

function openingElsewhere({ world, dice }: WeatherDeps): Begun {
  const panel = dice.pick(world.panels);
  for (const server of panel.listed) if (dice.chance(0.3)) panel.othersOpen(server);
  return { where: panel.id, end: over };
}
