import * as z from 'zod';
import { placeForLog } from '../plain-text.js';
import { amount, answered, optionalAmount } from './fields.js';
import { serverItem, type PanelServer } from './server.js';

export interface ServerPage {
  servers: PanelServer[];
  /** Items that did not parse: index on the page, and path of the wrong field. */
  malformed: { index: number; path: string }[];
  /** Number of items on the page, invalid items included. */
  count: number;
  /** Servers on all pages; null if the panel does not say. */
  total: number | null;
  /** null if the panel does not say. */
  totalPages: number | null;
}

/** Schema of one page of the server list (PROTOCOL 2.1). Items that do not parse are reported and left out. */
export const listAnswer = z
  .looseObject({
    data: answered,
    meta: z
      .looseObject({ pagination: z.looseObject({ total: amount(-1), total_pages: optionalAmount }) })
      .nullish()
      .catch(null),
  })
  .transform(({ data, meta }): ServerPage => {
    const pagination = meta?.pagination;
    const page: ServerPage = {
      servers: [],
      malformed: [],
      count: data.length,
      total: pagination && pagination.total >= 0 ? pagination.total : null,
      totalPages: pagination?.total_pages ?? null,
    };
    data.forEach((item, index) => {
      const parsed = serverItem.safeParse(item);
      if (parsed.success) page.servers.push(parsed.data);
      else page.malformed.push({ index, path: placeForLog(parsed.error.issues[0]?.path ?? []) });
    });
    return page;
  });
