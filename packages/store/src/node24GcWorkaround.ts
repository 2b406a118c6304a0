import Database from 'better-sqlite3';

/**
 * On Node 24 and later, better-sqlite3 12 aborts the process if one of its databases or statements is garbage-collected while
 * no JavaScript is on the stack. There, all of them are retained until the process exits; a closed one takes a few hundred
 * bytes. The next major release of better-sqlite3 does not need this, but does not support Node 20.
 */
const NEEDS_WORKAROUND = Number.parseInt(process.versions.node, 10) >= 24;

interface Native {
  prepare: (...args: unknown[]) => object;
  exec: (...args: unknown[]) => unknown;
  close: () => unknown;
}

if (NEEDS_WORKAROUND) {
  const database = new Database(':memory:');
  const bySymbol = database as unknown as Record<symbol, Native>;
  const native = Object.getOwnPropertySymbols(database)
    .map((symbol) => bySymbol[symbol])
    .find((value) => typeof value?.prepare === 'function');
  if (native) retainAll(Object.getPrototypeOf(native) as Native);
  database.close();
}

/** Retains every database and statement that is opened or prepared from now on, by this package or by a library. */
function retainAll(prototype: Native): void {
  const retained = new Set<object>();
  const { prepare, exec, close } = prototype;
  prototype.prepare = function (this: Native, ...args) {
    const statement = prepare.apply(this, args);
    retained.add(this).add(statement);
    return statement;
  };
  prototype.exec = function (this: Native, ...args) {
    retained.add(this);
    return exec.apply(this, args);
  };
  prototype.close = function (this: Native) {
    retained.add(this);
    return close.apply(this);
  };
}
