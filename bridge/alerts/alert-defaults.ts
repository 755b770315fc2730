import type { AlertSettings } from '../schema/alerts.js';

export const alertDefaults: AlertSettings = {
  isOn: true,
  switches: {},
  limits: {
    cpu: { percent: 95, seconds: 600 },
    memory: { percent: 95, seconds: 600 },
    disk: { percent: 95, seconds: 30 },
  },
  slowStartMinutes: 10,
  quietHours: null,
  rules: [],
  oneTimeAlerts: [],
};
