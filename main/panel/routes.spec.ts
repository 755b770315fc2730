/** The table of all routes (PROTOCOL 11) against the routes of real panels, and against what each call sends. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { PanelKind } from '../../bridge/panel/panel-kind.js';
import { clientKey } from '../../tests/support/asked-client.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { answer, FakeHttp } from '../../tests/support/fake-http.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { readJson, recordedFixtures } from '../../tests/support/fixtures.js';
import { page } from '../../tests/support/panel-answers.js';
import { countRecorded } from '../../tests/support/recorded-cases.js';
import { routeSamples } from '../../tests/support/route-samples.js';
import { createPanelClient } from './client.js';

interface Row {
  readonly route: string;
  readonly panels: readonly PanelKind[];
  /** Name of the client's method; `-` = none. */
  readonly call: string;
  readonly where: string;
}

const text = readFileSync(resolve(import.meta.dirname, '../../docs/protocol.md'), 'utf8');
const section = text.slice(text.indexOf('\n## 11. '));
const rows = [
  ...section.matchAll(/^\| `([A-Z]+ \/\S+)` +\| (both|Pterodactyl|Pelican) +\| (\S+) +\| (.+?) +\|$/gm),
].map(([, route = '', panel, call = '', where = '']): Row => {
  const panels: readonly PanelKind[] =
    panel === 'both' ? ['pterodactyl', 'pelican'] : [panel === 'Pelican' ? 'pelican' : 'pterodactyl'];
  return { route, panels, call: call.replaceAll('`', ''), where };
});

const routesSchema = z.array(z.object({ method: z.string(), path: z.string() }));
const recorded = recordedFixtures('client-api-2026-11');

/** Routes of a recorded panel; Pelican's names of parts also tell the column that a part is looked up in. */
function recordedRoutes(folder: string, kind: PanelKind): string[] {
  const routes = routesSchema.parse(readJson(join(folder, `routes-${kind}.json`)));
  return routes.map(({ method, path }) => `${method} ${path.replaceAll(':uuid}', '}')}`);
}

/** Method and path of the first request that a method of the client sends. */
async function sentBy(call: string, kind: PanelKind): Promise<string> {
  const http = new FakeHttp(() => answer(200, page([])));
  const client = createPanelClient({
    panelUrl: 'https://panel.example.com',
    http,
    clock: new FakeClock(),
    log: new FakeLog(),
    kindOf: () => Promise.resolve(kind),
    authorize: (use) => use(clientKey),
  });
  // Only the request matters: the answer fits few of the calls.
  await routeSamples[call]?.(client).catch(() => undefined);
  const [request] = http.requests;
  return request === undefined ? 'nothing' : `${request.method} ${new URL(request.url).pathname}`;
}

/** Whether a request goes to a route, whose `{…}` stand for one part each. */
function fits(sent: string, route: string): boolean {
  const parts = route.split('/');
  const sentParts = sent.split('/');
  return (
    parts.length === sentParts.length &&
    parts.every(
      (part, place) => part === sentParts[place] || (part.startsWith('{') && sentParts[place] !== ''),
    )
  );
}

describe('the table of routes', () => {
  for (const kind of ['pterodactyl', 'pelican'] as const) {
    it.runIf(recorded !== null)(`holds every route of ${kind} and no other`, (context) => {
      const real = recordedRoutes(recorded ?? '', kind);
      countRecorded(context, { answers: real.length });
      const listed = rows.filter(({ panels }) => panels.includes(kind)).map(({ route }) => route);
      expect(listed.toSorted()).toEqual(real.toSorted());
    });
  }

  it('has each route once', () => {
    const routes = rows.map(({ route }) => route);
    expect(new Set(routes).size).toBe(routes.length);
    expect(routes.length).toBeGreaterThanOrEqual(75);
  });

  it.each(rows.filter(({ call }) => call !== '-'))('$call sends $route', async ({ route, call, panels }) => {
    for (const kind of panels) {
      const sent = await sentBy(call, kind);
      expect(fits(sent, route), `on ${kind} ${call} sends ${sent}`).toBe(true);
    }
  });

  it('names a method of the client for each route, or none on purpose', () => {
    const open = rows.filter(({ call }) => call !== '-' && !Object.hasOwn(routeSamples, call));
    expect(open.map(({ route, call }) => `${route}: ${call}`)).toEqual([]);
  });

  it('gives a reason for each route that Perch does not use', () => {
    for (const { route, call, where } of rows) {
      if (call === '-') expect(where.length, route).toBeGreaterThan(30);
    }
  });
});
