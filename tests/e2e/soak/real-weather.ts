import type { Dice } from '../../soak/dice.js';
import type { RealPanel } from './real-panel.js';

/** Place of a trouble. */
export interface Spot {
  readonly panel: RealPanel;
  /** Name of a node of the panel. */
  readonly node: string;
  readonly dice: Dice;
  /** Address of another service, without a scheme; it must never get a key. */
  readonly elsewhere: string;
}

interface Trouble {
  begin(spot: Spot): Promise<unknown>;
  /** Undefined = the trouble ends at once. */
  end?(spot: Spot): Promise<unknown>;
  /** True if Perch reports the trouble for the whole panel. */
  ofPanel?: true;
  /** True if Perch may notice the end of the trouble up to 110 s late (RETRIES "Retry table"). */
  isSlow?: true;
}

const json = 'application/json';

function proxy(answer: Record<string, unknown> | ((spot: Spot) => Record<string, unknown>)): Trouble {
  return {
    ofPanel: true,
    begin: (spot) =>
      spot.panel.order({ do: 'proxy', answer: typeof answer === 'function' ? answer(spot) : answer }),
    end: ({ panel }) => panel.order({ do: 'proxy', answer: null }),
  };
}

function wire(wire: Record<string, unknown>): Trouble {
  return {
    ofPanel: true,
    begin: ({ panel }) => panel.order({ do: 'wire', wire }),
    end: ({ panel }) => panel.order({ do: 'wire', wire: null }),
  };
}

function error(status: number, code: string, aim: Record<string, unknown> = {}): Trouble {
  return {
    ofPanel: true,
    begin: ({ panel }) => panel.order({ do: 'error', error: { status, code, ...aim } }),
    end: ({ panel }) => panel.order({ do: 'error', error: null }),
  };
}

/** The panel refuses tokens; the sockets are closed because open sessions would not ask. */
function noToken(status: number, code: string): Trouble {
  const { begin, end } = error(status, code, { path: '/websocket' });
  const all = async (spot: Spot): Promise<void> => {
    await begin(spot);
    for (const node of spot.panel.nodes) await closeAll(spot.panel, node, 1006);
  };
  return { ofPanel: true, isSlow: true, begin: all, ...(end === undefined ? {} : { end }) };
}

function handshake(status: number): Trouble {
  return {
    begin: async ({ panel, node }) => {
      await panel.order({ do: 'node-sockets', node, handshake: status });
      await closeAll(panel, node, 1006);
    },
    end: ({ panel, node }) => panel.order({ do: 'node-sockets', node, handshake: null }),
  };
}

function closing(code: number): Trouble {
  return { begin: ({ panel, node }) => closeAll(panel, node, code) };
}

function closeAll(panel: RealPanel, node: string, code: number): Promise<unknown> {
  return panel.order({ do: 'close-sockets', node, code });
}

const emptyList = {
  object: 'list',
  data: [],
  meta: { pagination: { total: 0, count: 0, per_page: 50, current_page: 1, total_pages: 1, links: {} } },
};

/** All kinds of trouble by the names of the fake-clock troubles (`tests/soak/weather.ts`). */
export const troubles: Readonly<Record<string, Trouble>> = {
  'panel answers 500': error(500, 'ErrorException'),
  'panel answers 502': proxy({ status: 502 }),
  'panel answers 503': proxy({ status: 503 }),
  'panel answers with a page': proxy({ status: 200 }),
  'panel redirects': proxy(({ elsewhere }) => ({ status: 302, location: `http://${elsewhere}/api/client` })),
  'panel answers 401': { ...error(401, 'AuthenticationException'), isSlow: true },
  'panel answers 403': error(403, 'AccessDeniedHttpException'),
  'panel answers 404': error(404, 'NotFoundHttpException'),
  'panel answers 429': proxy({ status: 429, body: '{}', contentType: json, headers: { 'retry-after': '2' } }),
  'panel is silent': {
    ofPanel: true,
    begin: ({ panel }) => panel.order({ do: 'panel', silent: true }),
    end: ({ panel }) => panel.order({ do: 'panel', silent: false }),
  },
  'panel resets': wire({ how: 'reset' }),
  'panel is late': wire({ how: 'delay', delayMs: 2500 }),
  'answers are cut': wire({ how: 'truncate' }),
  'answers are lost': wire({ how: 'reset', method: 'POST', carriedOut: true }),
  'empty list': proxy({
    status: 200,
    contentType: json,
    body: JSON.stringify(emptyList),
    path: '/api/client?',
    method: 'GET',
  }),
  'no token 401': noToken(401, 'AuthenticationException'),
  'no token 403': noToken(403, 'AuthorizationException'),
  'no token 404': noToken(404, 'NotFoundHttpException'),
  'no token 409': noToken(409, 'ServerStateConflictException'),
  'node is down': {
    begin: ({ panel, node }) => panel.takeNodeDown(node),
    end: ({ panel, node }) => panel.order({ do: 'node-up', node }),
  },
  'node is mute': {
    begin: ({ panel, node }) => panel.order({ do: 'node-sockets', node, mute: true }),
    end: ({ panel, node }) => panel.order({ do: 'node-sockets', node, mute: false }),
  },
  'handshake 403': { ...handshake(403), isSlow: true },
  'handshake 502': handshake(502),
  'close 1006': closing(1006),
  'close 4400': { ...closing(4400), isSlow: true },
  'close 4409': { ...closing(4409), isSlow: true },
  'wrong node address': {
    isSlow: true,
    begin: async ({ panel, node, elsewhere }) => {
      await panel.order({ do: 'node-address', node, base: `ws://${elsewhere}` });
      await closeAll(panel, node, 1006);
    },
    end: ({ panel, node }) => panel.order({ do: 'node-address', node, base: null }),
  },
};
