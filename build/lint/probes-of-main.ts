/** Probes of the modules of main, in the form of `probes.ts`. */
export const probesOfMain = `main/base/probe.ts
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
  allows  main/base/ports.ts undici/lib/dispatcher/agent.js ws node:tls node:dgram
main/query/probe.ts
  refuses main/net/http.ts main/panel/api.ts main/fleet/store.ts main/disk/vault.ts main/actions/actions.ts electron
          node:dgram node:net node:dns
  allows  main/base/query-ports.ts bridge/console/plain-line.ts zod
main/panel/probe.ts
  refuses main/net/http.ts main/disk/vault.ts main/wings/api.ts main/fleet/store.ts main/base/clock.ts
          electron undici node:crypto node:timers/promises
  allows  main/panel/wire/list.ts main/base/ports.ts bridge/errors.ts zod
main/sftp/probe.ts
  refuses main/net/http.ts main/panel/api.ts main/fleet/store.ts main/disk/vault.ts main/actions/deps.ts electron
          node:fs node:net
  allows  main/base/ports.ts main/wings/unopened.ts bridge/panel/sftp-login.ts ssh2 node:crypto node:stream
main/archives/probe.ts
  refuses main/backups/copies.ts main/transfers/transfers.ts main/panel/api.ts main/fleet/store.ts electron node:net
  allows  main/base/safe-file-name.ts bridge/schema/files.ts node:fs/promises node:zlib
main/transfers/probe.ts
  refuses main/net/http.ts main/panel/api.ts main/fleet/store.ts main/wings/session.ts main/disk/create-disk.ts
          electron undici zod node:fs node:net
  allows  main/base/ports.ts main/wings/unopened.ts bridge/schema/transfers.ts node:fs/promises node:crypto
          node:path
main/transfers/write-thread.ts
  refuses main/base/ports.ts main/net/http.ts main/disk/vault.ts electron node:fs/promises node:net
  allows  main/transfers/threaded-part.ts node:fs node:worker_threads
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
  refuses main/fleet/fleet.ts main/fleet/usage/usage-log.ts main/fleet/console/consoles.ts
          main/fleet/process/sent-signals.ts main/wings/api.ts main/panel/client.ts main/alerts/alerts.ts electron
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
main/players/probe.ts
  refuses main/net/query-wire.ts main/panel/client.ts main/disk/memory.ts main/events/events.ts electron node:dgram
          zod
  allows  main/fleet/store.ts main/query/query.ts main/base/query-ports.ts bridge/schema/players.ts
main/history/probe.ts
  refuses main/fleet/store.ts main/disk/stored-file.ts main/app.ts electron node:fs
  allows  bridge/schema/history.ts main/base/usage-memory.ts
main/backups/probe.ts
  refuses main/actions/actions.ts main/panel/client.ts main/disk/vault.ts main/events/events.ts electron node:fs
  allows  main/fleet/store.ts main/panel/api.ts main/base/alarm.ts
main/backup-plans/probe.ts
  refuses main/actions/actions.ts main/panel/client.ts main/disk/memory.ts main/backups/backups.ts electron node:fs
  allows  main/fleet/store.ts main/rules/rule-sources.ts main/base/alarm.ts bridge/schema/backup-plans.ts
main/schedules/probe.ts
  refuses main/actions/actions.ts main/panel/client.ts main/disk/memory.ts main/events/events.ts electron zod
  allows  main/fleet/store.ts main/panel/api.ts main/base/server-fact.ts bridge/schema/fleet-schedules.ts
main/people/probe.ts
  refuses main/actions/actions.ts main/panel/client.ts main/disk/memory.ts main/schedules/fleet-schedules.ts electron zod
  allows  main/fleet/store.ts main/base/emitter.ts bridge/schema/fleet-people.ts
main/rules/probe.ts
  refuses main/actions/actions.ts main/disk/stored-file.ts main/history/history.ts main/backups/backups.ts electron
          node:fs zod
  allows  main/base/ports.ts main/fleet/store.ts main/events/event-log.ts bridge/rules/judge.ts
main/files/probe.ts
  refuses main/actions/actions.ts main/panel/client.ts main/disk/disk-folder.ts main/events/events.ts electron
          node:fs
  allows  bridge/schema/files.ts main/fleet/store.ts main/panel/api.ts main/base/ports.ts zod node:zlib
main/crash-reports/probe.ts
  refuses main/actions/actions.ts main/files/calls.ts main/wings/session.ts node:fs zod
  allows  main/fleet/api.ts main/fleet/store.ts bridge/schema/crash-reports.ts main/base/ports.ts
main/channels/probe.ts
  refuses main/disk/vault.ts main/net/http.ts main/fleet/store.ts main/events/event-log.ts main/alerts/alerts.ts
          main/actions/actions.ts electron node:fs
  allows  main/base/network-ports.ts bridge/schema/alert-channels.ts zod node:crypto
main/sharing/probe.ts
  refuses main/disk/vault.ts main/net/http.ts main/fleet/store.ts main/panel/api.ts main/actions/actions.ts
          electron node:crypto node:fs
  allows  main/base/network-ports.ts bridge/schema/sharing.ts zod
main/exports/probe.ts
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
main/shell/lifecycle/probe.ts
  refuses main/shell/windows/windows.ts main/fleet/store.ts main/disk/settings.ts node:path zod
  allows  electron main/shell/system/dialogs.ts main/base/alarm.ts
main/shell/pages/probe.ts
  refuses main/shell/windows/windows.ts main/ipc/router.ts main/base/ports.ts node:fs/promises zod
  allows  electron node:fs main/ipc/trust.ts bridge/channels.ts
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
main/modules/probe.ts
  refuses main/app.ts main/base/clock.ts main/net/http.ts main/shell/desktop.ts main/remote/remote.ts electron node:fs
  allows  main/fleet/fleet.ts main/wings/session.ts main/panel/client.ts main/disk/vault.ts node:path
main/modules.ts
  refuses main/app.ts main/base/clock.ts main/net/http.ts main/shell/desktop.ts main/remote/remote.ts
          main/fleet/fleet.ts main/panel/client.ts main/wings/session.ts electron node:crypto node:fs
  allows  main/modules/fleet-modules.ts main/disk/vault.ts
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
  allows  main/perch.ts main/shell/pages/scheme.ts main/shell/tray/first-icon.ts electron`;
