/** Filters by the owner of a server. Pure. */

/** `owned` = the account's own servers, `shared` = servers of others that the account sees. */
export const ownerFilters = ['owned', 'shared'] as const;
export type OwnerFilter = (typeof ownerFilters)[number];

export function isOwnerFilter(only: string | null): only is OwnerFilter {
  return ownerFilters.some((filter) => filter === only);
}
