export const alertDefaults = {
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
