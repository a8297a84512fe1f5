/** Somebody who may log in, and what comes to their mailbox. */
export interface AccountOptions {
  user: string;
  password: string;
  /** Its addresses. What comes to any address of their domains comes to this mailbox, bounces among it. */
  addresses: string[];
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** Whose mailbox an address belongs to. @returns `null`: it is an address of the outside world */
export const ownerOf = (accounts: readonly AccountOptions[], address: string): AccountOptions | null =>
  accounts.find(({ addresses }) => addresses.some((one) => domainOf(one) === domainOf(address))) ?? null;
