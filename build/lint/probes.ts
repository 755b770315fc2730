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
main/base/probe.ts
  refuses main/panel/api.ts main/disk/settings.ts main/base/clock.ts main/base/log.ts electron electron-log
          node:fs
  allows  bridge/errors.ts messages/messages.ts main/base/ports.ts
main/base/log.ts
  refuses main/disk/settings.ts electron node:fs
  allows  electron-log/node node:path main/base/redact.ts
main/base/clock.ts
  refuses main/base/log.ts node:timers
  allows  main/base/ports.ts
main/disk/probe.ts
  refuses main/net/http.ts main/panel/api.ts main/fleet/store.ts electron undici node:fs node:net
  allows  main/base/ports.ts bridge/schema/domain.ts keytar write-file-atomic node:fs/promises
main/bus/probe.ts
  refuses main/disk/vault.ts main/keyring/secret-names.ts main/net/http.ts electron zod node:fs node:crypto
  allows  main/base/ports.ts d-bus-type-system node:net node:events
main/keyring/probe.ts
  refuses main/disk/vault.ts main/net/http.ts main/panel/api.ts electron keytar node:fs node:child_process node:net
  allows  main/base/ports.ts main/bus/bus.ts zod node:crypto
main/net/probe.ts
  refuses main/disk/vault.ts main/panel/failures.ts electron keytar node:fs fs
  allows  main/base/ports.ts undici/lib/dispatcher/agent.js ws node:tls
main/panel/probe.ts
  refuses main/net/http.ts main/disk/vault.ts main/wings/api.ts main/fleet/store.ts main/base/clock.ts
          electron undici node:crypto node:timers/promises
  allows  main/panel/wire/list.ts main/base/ports.ts bridge/errors.ts zod
main/wings/probe.ts
  refuses main/panel/client.ts main/panel/calls.ts main/fleet/store.ts main/actions/actions.ts
          main/alerts/alerts.ts main/net/socket.ts ws electron node:crypto
  allows  main/panel/api.ts main/base/alarm.ts jose zod
main/fleet/store.ts
  refuses main/fleet/fleet.ts main/fleet/server/server-row.ts main/fleet/account/account-list.ts
          main/wings/session.ts main/panel/client.ts main/actions/actions.ts zod node:util
  allows  main/fleet/api.ts main/panel/api.ts main/base/emitter.ts
main/fleet/plan/probe.ts
  refuses main/fleet/store.ts main/fleet/server/server-row.ts main/fleet/account/account-list.ts
          main/panel/api.ts main/wings/api.ts electron
  allows  main/base/throttle.ts bridge/schema/domain.ts
main/fleet/process/probe.ts
  refuses main/fleet/store.ts main/fleet/server/server-row.ts main/panel/api.ts main/wings/api.ts electron
  allows  main/base/alarm.ts bridge/schema/domain.ts
main/fleet/usage/probe.ts
  refuses main/fleet/server/server-row.ts main/fleet/console/consoles.ts main/wings/api.ts main/panel/api.ts
          node:fs
  allows  main/fleet/store.ts main/base/emitter.ts
main/fleet/console/probe.ts
  refuses main/fleet/server/server-row.ts main/fleet/plan/poller.ts main/fleet/account/account-list.ts
          main/wings/session.ts main/panel/api.ts electron
  allows  main/fleet/api.ts main/wings/cut-text.ts
main/fleet/server/probe.ts
  refuses main/fleet/account/account-list.ts main/fleet/usage/usage-log.ts main/fleet/fleet.ts
          main/wings/session.ts main/panel/client.ts main/actions/actions.ts electron node:crypto
  allows  main/fleet/console/consoles.ts main/fleet/plan/watch-plan.ts main/wings/api.ts main/fleet/store.ts
          node:util
main/fleet/account/probe.ts
  refuses main/fleet/fleet.ts main/fleet/usage/usage-log.ts main/wings/api.ts main/panel/client.ts
          main/alerts/alerts.ts electron
  allows  main/fleet/server/server-watcher.ts main/fleet/plan/poller.ts main/panel/api.ts
main/fleet/fleet.ts
  refuses main/actions/actions.ts main/alerts/alerts.ts main/wings/session.ts main/panel/client.ts
          main/ipc/router.ts electron
  allows  main/fleet/account/account-watcher.ts main/fleet/store.ts
main/events/probe.ts
  refuses main/alerts/alerts.ts main/fleet/server/server-row.ts main/panel/api.ts main/wings/api.ts electron zod
  allows  bridge/schema/events.ts main/fleet/store.ts main/base/alarm.ts
main/alerts/probe.ts
  refuses main/fleet/store.ts main/panel/api.ts main/wings/api.ts main/actions/actions.ts electron zod
  allows  bridge/alerts/alert-settings.ts main/events/event-log.ts main/base/ports.ts
main/history/probe.ts
  refuses main/fleet/store.ts main/disk/stored-file.ts main/app.ts electron node:fs
  allows  bridge/schema/history.ts main/base/usage-memory.ts
main/backup/probe.ts
  refuses main/fleet/store.ts main/disk/settings.ts main/disk/vault.ts main/panel/client.ts electron node:fs
  allows  main/disk/stored-settings.ts main/panel/url.ts zod bridge/schema/domain.ts
main/doctor/probe.ts
  refuses main/net/ways.ts main/panel/client.ts main/disk/vault.ts main/bus/bus.ts main/actions/actions.ts
          electron node:fs node:dns
  allows  main/fleet/store.ts main/base/observable.ts bridge/schema/diagnosis.ts
main/actions/probe.ts
  refuses main/fleet/fleet.ts main/fleet/server/own-orders.ts main/panel/client.ts main/wings/api.ts
          main/alerts/alerts.ts main/disk/vault.ts main/ipc/router.ts electron node:crypto
  allows  main/fleet/store.ts main/panel/api.ts main/base/serial-queue.ts
main/ipc/probe.ts
  refuses main/shell/windows/windows.ts main/app.ts main/panel/api.ts main/wings/api.ts main/disk/settings.ts
          main/actions/actions.ts main/fleet/store.ts electron node:fs
  allows  main/base/calls.ts bridge/schema/contract.ts zod
main/remote/probe.ts
  refuses main/app.ts main/shell/windows/windows.ts main/panel/api.ts main/disk/vault.ts cli/run.ts
          main/shell/system/dialogs.ts electron keytar node:fs
  allows  main/actions/actions.ts main/fleet/console/console-source.ts bridge/schema/remote.ts node:net
main/update/probe.ts
  refuses main/app.ts main/shell/windows/windows.ts main/net/http.ts main/disk/settings.ts main/panel/api.ts undici
          node:child_process node:http
  allows  bridge/updates.ts main/base/app-image.ts electron electron-updater zod
          node:fs/promises
main/window-side.ts
  refuses main/app.ts main/net/http.ts main/panel/client.ts main/disk/vault.ts main/fleet/fleet.ts node:fs zod
  allows  main/modules.ts main/ipc/router.ts main/shell/desktop.ts main/remote/calls.ts electron
main/command-line.ts
  refuses cli/run.ts main/app.ts main/perch.ts electron node:child_process
  allows  cli/thread.ts node:worker_threads
cli/probe.ts
  refuses main/app.ts main/remote/remote.ts main/disk/vault.ts electron keytar ws node:http
  allows  bridge/schema/remote.ts messages/messages.ts commander @modelcontextprotocol/sdk node:net
main/shell/probe.ts
  refuses main/app.ts main/net/http.ts main/panel/client.ts main/wings/session.ts main/shell/demo/fork.ts
          main/disk/vault.ts keytar electron-log node:child_process
  allows  electron main/ipc/trust.ts main/shell/tray/tray.ts main/disk/settings.ts node:path
main/shell/system/spare-heap.ts
  refuses main/shell/system/browser.ts main/fleet/store.ts electron node:fs zod
  allows  main/base/ports.ts node:v8 node:vm
main/shell/system/probe.ts
  refuses main/shell/windows/windows.ts main/shell/desktop.ts main/fleet/store.ts main/ipc/router.ts node:fs zod
  allows  electron main/base/ports.ts bridge/errors.ts
main/shell/start/probe.ts
  refuses main/shell/windows/windows.ts main/shell/tray/tray.ts main/fleet/store.ts main/disk/settings.ts
          node:fs zod
  allows  electron node:path main/shell/system/language.ts main/disk/memory.ts
main/shell/life/probe.ts
  refuses main/shell/windows/windows.ts main/fleet/store.ts main/disk/settings.ts node:path zod
  allows  electron main/shell/system/dialogs.ts main/base/alarm.ts
main/shell/pages/probe.ts
  refuses main/shell/windows/windows.ts main/ipc/router.ts main/base/ports.ts node:fs zod
  allows  electron node:fs/promises main/ipc/trust.ts bridge/channels.ts
main/shell/files/probe.ts
  refuses main/shell/windows/windows.ts main/fleet/store.ts main/disk/settings.ts node:fs node:child_process
  allows  electron write-file-atomic node:fs/promises main/shell/system/in-fleet.ts
main/shell/notifications/probe.ts
  refuses main/shell/tray/tray.ts main/shell/windows/windows.ts main/alerts/alerts.ts main/fleet/store.ts node:fs
  allows  electron main/bus/session-bus.ts main/shell/system/pixels.ts node:path
main/shell/autostart/probe.ts
  refuses main/shell/windows/windows.ts main/fleet/store.ts main/ipc/router.ts main/disk/settings.ts
          node:child_process
  allows  electron main/bus/session-bus.ts main/disk/memory.ts write-file-atomic
main/shell/links/probe.ts
  refuses main/shell/windows/windows.ts main/shell/system/browser.ts main/ipc/router.ts node:fs
  allows  electron main/fleet/store.ts main/disk/settings.ts
main/shell/shortcut/probe.ts
  refuses main/shell/windows/windows.ts electron main/fleet/store.ts main/disk/settings.ts
  allows  main/base/alarm.ts node:util
main/shell/windows/probe.ts
  refuses main/shell/desktop.ts main/shell/tray/tray.ts main/shell/notifications/notifications.ts main/app.ts node:fs
  allows  electron main/ipc/feeds.ts main/fleet/store.ts main/shell/start/launch-request.ts main/shell/pages/scheme.ts
main/shell/tray/probe.ts
  refuses main/shell/desktop.ts main/shell/windows/windows.ts main/app.ts main/ipc/router.ts main/panel/api.ts
          node:fs zod
  allows  electron main/shell/system/dialogs.ts main/fleet/store.ts
main/shell/demo/probe.ts
  refuses sandbox/sandbox.ts sandbox/store.ts main/app.ts main/shell/windows/windows.ts main/fleet/store.ts fastify
          node:net
  allows  electron zod node:child_process main/base/ports.ts
main/shell/pages/dev-pages.ts
  refuses main/shell/windows/windows.ts main/app.ts electron vite node:http
  allows  main/ipc/trust.ts main/shell/pages/scheme.ts
main/shell/pages/serve-pages.ts
  refuses main/app.ts main/shell/windows/windows.ts main/ipc/router.ts main/fleet/store.ts zod node:fs
  allows  electron node:path bridge/channels.ts main/shell/pages/dev-pages.ts main/shell/pages/scheme.ts main/shell/pages/security.ts
main/modules.ts
  refuses main/app.ts main/base/clock.ts main/net/http.ts main/shell/desktop.ts main/remote/remote.ts electron node:fs
  allows  main/fleet/fleet.ts main/wings/session.ts main/panel/client.ts main/disk/vault.ts node:path
main/app.ts
  refuses main/index.ts main/base/clock.ts main/net/http.ts main/fleet/fleet.ts renderer/api.ts sandbox/sandbox.ts
          preload/index.ts keytar undici node:fs
  allows  electron main/modules.ts main/shell/desktop.ts main/base/log.ts
main/perch.ts
  refuses main/fleet/fleet.ts main/panel/client.ts main/shell/windows/windows.ts sandbox/sandbox.ts renderer/main.ts keytar
          node:fs
  allows  main/app.ts main/base/clock.ts main/net/http.ts main/disk/vault.ts electron
main/shell/files/file-viewer.ts
  refuses main/shell/windows/windows.ts main/fleet/store.ts node:fs node:net zod
  allows  electron node:child_process main/base/ports.ts
main/shell/start/data-folder.ts
  refuses main/shell/windows/windows.ts main/base/ports.ts electron node:fs/promises node:os
  allows  main/base/app-image.ts node:fs node:path
main/shell/start/folder-rights.ts
  refuses main/shell/windows/windows.ts main/base/ports.ts electron node:fs/promises node:os
  allows  node:fs node:path
main/preload-chunks.ts
  refuses main/app.ts main/shell/windows/windows.ts main/fleet/store.ts electron node:fs undici
  allows  messages/messages.ts bridge/schema/contract.ts main/net/http.ts main/fleet/fleet.ts
main/index.ts
  refuses main/app.ts main/net/http.ts main/shell/windows/windows.ts main/shell/tray/tray.ts sandbox/sandbox.ts keytar node:fs
  allows  main/perch.ts main/shell/pages/scheme.ts main/shell/tray/first-icon.ts electron
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
renderer/views/server/charts/chart-plot.ts
  refuses renderer/state/context.ts renderer/views/server-look.ts @xterm/xterm svelte
  allows  uplot renderer/ui/drawings/read-colours.ts
renderer/style/probe.ts
  refuses renderer/ui/drawings/mark.svelte svelte
  allows  renderer/style/base.css
sandbox/probe.ts
  refuses main/panel/wire/list.ts bridge/schema/domain.ts messages/messages.ts tests/support/shape.ts electron undici
  allows  sandbox/wings/node.ts sandbox/panel/panel.ts zod node:net
sandbox/store.ts
  refuses sandbox/panel/panel.ts sandbox/wings/node.ts main/disk/stored-file.ts node:net
  allows  level sandbox/data/world.ts
sandbox/parent-port.ts
  refuses sandbox/wings/node.ts electron node:worker_threads
sandbox/data/probe.ts
  refuses sandbox/panel/panel.ts sandbox/wings/node.ts sandbox/store.ts bridge/schema/domain.ts node:fs
  allows  sandbox/games/catalogue.ts sandbox/wings/api.ts node:crypto
sandbox/games/probe.ts
  refuses sandbox/wings/api.ts sandbox/panel/panel.ts sandbox/data/world.ts main/base/ports.ts node:net zod
  allows  sandbox/parent-port.ts node:fs
sandbox/panel/probe.ts
  refuses sandbox/wings/node.ts sandbox/games/catalogue.ts sandbox/sandbox.ts main/panel/url.ts
          bridge/panel/permissions.ts ws node:fs
  allows  fastify sandbox/data/world.ts sandbox/wings/api.ts
sandbox/wings/probe.ts
  refuses sandbox/panel/panel.ts sandbox/data/world.ts main/wings/token.ts bridge/console/plain-line.ts electron
          fastify
  allows  sandbox/games/orders.ts ws jose pidusage node:child_process
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
