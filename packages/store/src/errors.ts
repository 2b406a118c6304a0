/** Thrown if a store cannot be served or built. The message names the file and the remedy; it is for operators and never sent to clients. */
export class StoreError extends Error {
  readonly reason: 'MISSING' | 'UNREADABLE' | 'FOREIGN' | 'OLDER' | 'NEWER' | 'DAMAGED' | 'ALREADY_EXISTS';
  constructor(reason: StoreError['reason'], message: string) {
    super(message);
    this.name = 'StoreError';
    this.reason = reason;
  }
}
