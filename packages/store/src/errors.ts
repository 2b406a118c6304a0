/** A store that cannot be served or built. The message names the file and the remedy; it is for operators, never for clients. */
export class StoreError extends Error {
  readonly reason: 'MISSING' | 'UNREADABLE' | 'FOREIGN' | 'OLDER' | 'NEWER' | 'DAMAGED' | 'IN_THE_WAY';
  constructor(reason: StoreError['reason'], message: string) {
    super(message);
    this.name = 'StoreError';
    this.reason = reason;
  }
}
