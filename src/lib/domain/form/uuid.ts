const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Could this be an id of ours? Anything else in an address is a page that does not exist. */
export function isUuid(value: string): boolean {
  return UUID.test(value);
}
