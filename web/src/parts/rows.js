/** Rows of columns, and groups of rows. */

/**
 * The value of a row of a column. Columns of one table are equally long, so that a row without a value is a fault of the page.
 * @template T
 * @param {ArrayLike<T>} column
 * @param {number} row
 * @returns {T}
 */
export function at(column, row) {
  if (!(row in column)) throw new RangeError(`There is no row ${row} among ${column.length}.`);
  return /** @type {T} */ (column[row]);
}

/**
 * Items by their key, in the order of their first.
 * @template K, T
 * @param {Iterable<T>} items
 * @param {(item: T) => K} key
 * @returns {Map<K, T[]>}
 */
export function grouped(items, key) {
  /** @type {Map<K, T[]>} */
  const groups = new Map();
  for (const item of items) {
    const name = key(item),
      group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}
