/** The settings of somebody who has changed none. Without zod: windows begin with them before main has told its own. */
export const defaultSettings = {
  theme: 'system' as const,
  language: 'system' as const,
  confirmStop: false,
  confirmRestart: false,
  notifyCrash: true,
  bulkPauseMs: 2000,
  liveLimit: null,
  consoleWrap: true,
  consoleTimestamps: false,
  snippets: [],
  pins: [],
  groups: [],
  stoppedTogether: null,
  eventsSeenAt: 0,
  alerts: {
    switches: {},
    limits: {
      cpu: { percent: 95, seconds: 600 },
      memory: { percent: 95, seconds: 600 },
      disk: { percent: 95, seconds: 30 },
    },
    slowStartMinutes: 10,
    quietHours: null,
    rules: [],
  },
  dismissedFixes: [],
};
