import { probesOfMain } from './probes-of-main.js';

/** A path with imports that must fail there and imports that must pass: paths of the checkout and packages. */
export interface Probe {
  readonly path: string;
  readonly refuses: readonly string[];
  readonly allows: readonly string[];
}

/** Written by hand, so that a list of docs/import-rules.md that allows too much is noticed. */
const table = `
messages/probe.ts
  refuses bridge/schema/sentence.ts main/base/ports.ts renderer/api.ts zod node:fs electron
  allows  messages/compiled/en.js
bridge/probe.ts
  refuses main/base/ports.ts renderer/api.ts preload/index.ts sandbox/store.ts bridge/schema/domain.ts electron
          node:path ws zod
  allows  bridge/egg-rules/judge.ts messages/messages.ts
bridge/schema/probe.ts
  refuses main/base/ports.ts renderer/api.ts electron node:fs
  allows  zod bridge/fleet/shares.ts messages/messages.ts
preload/probe.ts
  refuses bridge/schema/contract.ts bridge/errors.ts messages/messages.ts main/ipc/router.ts zod node:fs
  allows  bridge/channels.ts electron
${probesOfMain}
renderer/main.ts
  refuses main/base/ports.ts preload/index.ts sandbox/store.ts electron node:path bits-ui zod
  allows  renderer/views/main-window.svelte renderer/state/context.ts renderer/style/tokens.css svelte
renderer/api.ts
  refuses renderer/state/context.ts renderer/ui/drawings/mark.svelte main/ipc/router.ts electron svelte
  allows  bridge/errors.ts
renderer/ui/probe.svelte
  refuses bridge/schema/settings.ts renderer/api.ts renderer/state/context.ts renderer/parts/dialog.svelte renderer/search/find.ts
          renderer/views/server-look.ts renderer/console/console-pane.svelte @xterm/xterm uplot electron
          node:path
  allows  bits-ui @lucide/svelte/icons/x bridge/fleet/marks.ts messages/messages.ts renderer/ui/drawings/mark.svelte
renderer/search/probe.ts
  refuses renderer/state/context.ts renderer/api.ts renderer/views/server-look.ts svelte node:util
  allows  @leeoniya/ufuzzy bridge/fleet/marks.ts
renderer/state/probe.svelte.ts
  refuses bridge/schema/settings.ts renderer/views/server-look.ts renderer/console/feed/console-feed.svelte.ts renderer/ui/drawings/mark.svelte
          renderer/parts/dialog.svelte main/base/emitter.ts bits-ui @leeoniya/ufuzzy electron
  allows  renderer/search/find-servers.ts renderer/api.ts bridge/fleet/changes.ts svelte/reactivity
renderer/parts/probe.svelte
  refuses renderer/api.ts renderer/views/server-look.ts renderer/console/console-pane.svelte bits-ui @lucide/svelte/icons/x
          uplot electron
  allows  renderer/state/context.ts renderer/ui/drawings/mark.svelte
renderer/console/probe.svelte
  refuses renderer/views/server-look.ts uplot bits-ui main/fleet/console/consoles.ts electron node:buffer
  allows  @xterm/xterm renderer/state/context.ts renderer/ui/drawings/mark.svelte renderer/parts/dialog.svelte
renderer/views/probe.svelte
  refuses bridge/schema/settings.ts renderer/api.ts main/shell/windows/windows.ts preload/index.ts @xterm/xterm uplot bits-ui @lucide/svelte/icons/x electron
          node:fs out/renderer/main.js
  allows  renderer/state/context.ts renderer/console/console-pane.svelte renderer/ui/drawings/mark.svelte
          renderer/search/find-servers.ts
renderer/views/server/schedules/cron-words.ts
  refuses renderer/state/context.ts renderer/ui/text/format.ts bridge/schedules/next-runs.ts svelte croner zod
  allows  cronstrue bridge/schedules/fields.ts messages/messages.ts
bridge/schedules/panel-zone.ts
  refuses bridge/schema/schedules.ts bridge/schedules/next-runs.ts cronstrue zod node:path
  allows  croner bridge/schedules/zone-clock.ts
bridge/schedules/next-runs.ts
  refuses bridge/schema/schedules.ts bridge/schedules/panel-zone.ts cronstrue zod
  allows  croner bridge/schedules/fields.ts
renderer/views/server/editor/code/probe.ts
  refuses renderer/state/context.ts renderer/api.ts renderer/views/server-look.ts bridge/errors.ts svelte uplot zod
          node:path electron
  allows  @codemirror/view @codemirror/state @lezer/highlight yaml jsonc-parser messages/messages.ts
renderer/views/server/editor/config-forms/probe.ts
  refuses renderer/state/context.ts renderer/views/server/editor/code/languages.ts bridge/errors.ts svelte zod @codemirror/state
          node:path electron
  allows  properties-file/parser toml-eslint-parser yaml jsonc-parser messages/messages.ts
renderer/views/server/charts/chart-plot.ts
  refuses renderer/state/context.ts renderer/views/server-look.ts @xterm/xterm svelte
  allows  uplot renderer/ui/drawings/read-colours.ts
renderer/views/server/charts/chart-overlay.ts
  refuses renderer/views/server/charts/chart-plot.ts renderer/ui/drawings/read-colours.ts messages/messages.ts svelte
  allows  uplot renderer/views/server/charts/event-groups.ts
renderer/style/probe.ts
  refuses renderer/ui/drawings/mark.svelte svelte
  allows  renderer/style/base.css
sandbox/probe.ts
  refuses main/panel/wire/list.ts bridge/schema/domain.ts messages/messages.ts tests/support/shape.ts electron undici
  allows  sandbox/wings/node.ts sandbox/panel/panel.ts zod node:net
sandbox/records.ts
  refuses sandbox/store.ts sandbox/panel/panel.ts main/base/ports.ts node:fs level
  allows  sandbox/data/world.ts
sandbox/store.ts
  refuses sandbox/panel/panel.ts sandbox/wings/node.ts main/disk/stored-file.ts node:net
  allows  level sandbox/data/world.ts sandbox/records.ts
sandbox/parent-port.ts
  refuses sandbox/wings/node.ts electron node:worker_threads
sandbox/data/probe.ts
  refuses sandbox/panel/panel.ts sandbox/wings/node.ts sandbox/store.ts bridge/schema/domain.ts node:fs
  allows  sandbox/games/catalogue.ts sandbox/wings/api.ts node:crypto
sandbox/games/probe.ts
  refuses sandbox/wings/api.ts sandbox/panel/panel.ts sandbox/data/world.ts main/base/ports.ts node:net zod
  allows  sandbox/parent-port.ts sandbox/games/query/door.ts node:fs
sandbox/games/query/probe.ts
  refuses sandbox/games/catalogue.ts main/base/ports.ts node:fs
  allows  node:dgram node:net
sandbox/panel/probe.ts
  refuses sandbox/store.ts sandbox/wings/node.ts sandbox/games/catalogue.ts sandbox/sandbox.ts main/panel/url.ts
          bridge/panel/permissions.ts ws node:fs
  allows  fastify sandbox/data/world.ts sandbox/records.ts sandbox/wings/api.ts
sandbox/wings/probe.ts
  refuses sandbox/panel/panel.ts sandbox/data/world.ts main/wings/token.ts bridge/console/plain-line.ts electron
          fastify
  allows  sandbox/games/orders.ts ws jose pidusage yazl node:child_process
build/setup/probe.mjs
  refuses build/build.mjs main/app.ts tests/support/desktop/desktop.mjs vite
  allows  node:fs yauzl
build/probe.mjs
  refuses main/app.ts renderer/api.ts sandbox/sandbox.ts messages/compiled/en.js tests/support/prose.ts
          out/main/index.cjs zod electron
  allows  build/setup/run.mjs vite node:fs tests/support/desktop/desktop.mjs
build/icons/rasteriser/probe.mjs
  refuses main/app.ts build/build.mjs vite
  allows  electron node:fs
probe.config.ts
  refuses main/app.ts tests/support/prose.ts zod
  allows  build/messages.mjs vitest/config
tests/support/probe.ts
  refuses out/sandbox/index.mjs main/fleet/fleet.spec.ts @playwright/test electron undici
  allows  main/fleet/fleet.ts sandbox/sandbox.ts renderer/api.ts node:fs vitest
tests/support/desktop/probe.mjs
  refuses main/app.ts tests/support/fake-clock.ts build/build.mjs playwright
  allows  build/png.mjs node:child_process
tests/e2e/probe.ts
  refuses out/main/index.cjs electron zod
  allows  @playwright/test tests/support/fixtures.ts bridge/fleet/marks.ts
tests/lanes/probe.ts
  refuses out/main/index.cjs electron zod
  allows  @playwright/test main/ipc/router.ts node:fs
tests/fuzz/probe.ts
  refuses out/main/index.cjs electron zod
  allows  fast-check main/panel/client.ts tests/support/fake-http.ts
tests/soak/probe.ts
  refuses out/main/index.cjs renderer/api.ts electron zod node:fs
  allows  main/fleet/fleet.ts sandbox/panel/errors.ts tests/support/fake-clock.ts
tests/soak/soak-time.ts
  refuses main/fleet/fleet.ts tests/soak/history.ts electron
  allows  main/base/ports.ts tests/soak/timer-heap.ts
tests/probe.ts
  refuses out/main/index.cjs zod
  allows  bridge/fleet/marks.ts
bench/probe.mjs
  refuses main/app.ts tests/support/fixtures.ts out/main/index.cjs electron
  allows  @playwright/test build/build.mjs node:fs
bench/bare/probe.mjs
  refuses main/app.ts node:fs zod
  allows  electron node:path
`;

/** One probe for each module. */
export const probes: readonly Probe[] = table
  .trim()
  .split(/\n(?! )/)
  .map((entry) => {
    const [path = '', refuses = '', allows = ''] = entry.split(/\n {2}(?:refuses|allows)/);
    return { path, refuses: names(refuses), allows: names(allows) };
  });

function names(text: string): string[] {
  return text.split(/\s+/).filter((name) => name !== '');
}
