/** By which column the rows are sorted, and which way; at first they stand as the lab has them. */
export class Order {
  #by = null;
  #isDescending = false;

  /** A column that is picked again turns round. The first time numbers begin with the largest, names with A. */
  pick(name, startsDescending) {
    this.#isDescending = this.#by === name ? !this.#isDescending : startsDescending;
    this.#by = name;
  }

  /** What `aria-sort` says of a column: null for those by which nothing is sorted. */
  of(name) {
    return this.#by !== name ? null : this.#isDescending ? "descending" : "ascending";
  }

  /** @param valueOf gives a row's value in the column of this name; rows without one come last either way */
  sorted(rows, valueOf) {
    return this.#by === null ? rows : [...rows].sort((one, other) => this.#compare(valueOf(one, this.#by), valueOf(other, this.#by)));
  }

  #compare(one, other) {
    if (one === null || other === null) {
      return Number(one === null) - Number(other === null);
    }
    const ascending = typeof one === "string" ? one.localeCompare(other) : one - other;
    return this.#isDescending ? -ascending : ascending;
  }
}
