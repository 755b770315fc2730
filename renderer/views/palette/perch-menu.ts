/** Palette entries of Perch itself: language, notifications, chart range, quit. */
import { say, writtenLanguages } from '../../../messages/messages.js';
import type { Settings } from '../../../bridge/schema/settings.js';
import type { WindowState } from '../../state/context.js';
import type { MenuItem } from '../../ui/menus/menu.js';
import { ranges } from '../server/charts/chart-span.js';

type PerchState = Pick<WindowState, 'client' | 'settings' | 'navigation' | 'serverLayout'>;

const languages: readonly Settings['language'][] = ['system', ...writtenLanguages];

export function perchMenu(state: PerchState): MenuItem[] {
  const { client, settings } = state;
  const { alerts } = settings.current;
  return [
    ...languages.map((language): MenuItem => ({
      kind: 'action',
      label: say('palette.language', { language: say(`language.${language}`) }),
      icon: 'settings',
      checked: settings.current.language === language,
      testid: `language-${language}`,
      run: () => void settings.change({ language }),
    })),
    {
      kind: 'action',
      label: say(alerts.isOn ? 'palette.alerts-off' : 'palette.alerts-on'),
      icon: alerts.isOn ? 'silent' : 'bell',
      testid: alerts.isOn ? 'alerts-mute' : 'alerts-on',
      run: () => void settings.change((now) => ({ alerts: { ...now.alerts, isOn: !alerts.isOn } })),
    },
    ...rangeItems(state),
    {
      kind: 'action',
      label: say('palette.quit'),
      icon: 'power',
      testid: 'quit',
      run: () => client.send('app.quit'),
    },
  ];
}

/** Range of the charts, which is shared by all servers; only while a server is shown. */
function rangeItems({ navigation, serverLayout }: PerchState): MenuItem[] {
  const { view } = navigation;
  if (view.kind !== 'server') return [];
  return ranges.map((range) => ({
    kind: 'action',
    label: say('palette.range', { range: say(`charts.last-${range}`) }),
    icon: 'chart',
    checked: serverLayout.chartRange === range,
    testid: `range-${range}`,
    run: () => {
      serverLayout.chartRange = range;
      navigation.go({ kind: 'server', serverId: view.serverId, tab: 'console' });
    },
  }));
}
