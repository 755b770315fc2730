import * as z from 'zod';
import type { PanelServer } from '../entities.js';
import { amount } from './fields.js';
import { serverItem } from './server.js';

export interface ServerPage {
  servers: PanelServer[];
  /** Items that did not parse: their index on the page, and where in the item. */
  malformed: { index: number; path: string }[];
  /** Items as sent. */
  count: number;
  totalPages: number;
}

/** One page of the list (PROTOCOL 2.1). An item that does not parse is named and left out; the others stand. */
export const listAnswer = z
  .looseObject({
    data: z.array(z.unknown()),
    meta: z.looseObject({ pagination: z.looseObject({ total_pages: amount(1) }).nullish() }).nullish(),
  })
  .transform(({ data, meta }): ServerPage => {
    const page: ServerPage = {
      servers: [],
      malformed: [],
      count: data.length,
      totalPages: meta?.pagination?.total_pages ?? 1,
    };
    data.forEach((item, index) => {
      const parsed = serverItem.safeParse(item);
      if (parsed.success) page.servers.push(parsed.data);
      else page.malformed.push({ index, path: parsed.error.issues[0]?.path.join('.') ?? '' });
    });
    return page;
  });
