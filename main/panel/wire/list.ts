import * as z from 'zod';
import type { PanelServer } from '../entities.js';
import { placeForLog } from '../plain-text.js';
import { amount } from './fields.js';
import { serverItem } from './server.js';

export interface ServerPage {
  servers: PanelServer[];
  /** Items that did not parse: their index on the page, and where in the item. */
  malformed: { index: number; path: string }[];
  /** Items as sent. */
  count: number;
  /** Servers on all pages; null where the panel does not tell. */
  total: number | null;
  totalPages: number;
}

/** One page of the list (PROTOCOL 2.1). An item that does not parse is named and left out; the others stand. */
export const listAnswer = z
  .looseObject({
    data: z.array(z.unknown()),
    meta: z
      .looseObject({ pagination: z.looseObject({ total: amount(-1), total_pages: amount(1) }).nullish() })
      .nullish(),
  })
  .transform(({ data, meta }): ServerPage => {
    const pagination = meta?.pagination;
    const page: ServerPage = {
      servers: [],
      malformed: [],
      count: data.length,
      total: pagination && pagination.total >= 0 ? pagination.total : null,
      totalPages: pagination?.total_pages ?? 1,
    };
    data.forEach((item, index) => {
      const parsed = serverItem.safeParse(item);
      if (parsed.success) page.servers.push(parsed.data);
      else page.malformed.push({ index, path: placeForLog(parsed.error.issues[0]?.path ?? []) });
    });
    return page;
  });
