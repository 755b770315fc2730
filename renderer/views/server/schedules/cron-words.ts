/** Cron in words. The tab of schedules loads on demand, and with this file the words of all languages. */
import cronstrue from 'cronstrue';
import 'cronstrue/locales/de.js';
import 'cronstrue/locales/es.js';
import 'cronstrue/locales/fr.js';
import 'cronstrue/locales/pl.js';
import type { Schedule } from '../../../../bridge/schema/schedules.js';
import { cronText } from '../../../../bridge/schedules/fields.js';
import { locale } from '../../../../messages/messages.js';

/** `At 04:00, only on Monday`; null = cron that cannot be said. */
export function cronWords(cron: Schedule['cron']): string | null {
  try {
    const words = cronstrue.toString(cronText(cron), {
      locale: locale(),
      use24HourTimeFormat: true,
      throwExceptionOnParseError: true,
    });
    // Messages have typographic apostrophes.
    return words.replaceAll("'", '’');
  } catch {
    return null;
  }
}
