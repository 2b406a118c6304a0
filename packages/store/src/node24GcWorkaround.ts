import Database from 'better-sqlite3';

/**
 * From Node 24 on, the headers that the driver is compiled with end the whole process when one of its databases or
 * statements is collected at a moment without JavaScript on the stack. There they are kept until the process ends:
 * once closed, one is a few hundred bytes. The driver's next major release needs none of this, nor does it run on Node 20.
 */
const MUST_LAST = Number.parseInt(process.versions.node, 10) >= 24;

interface Native {
  prepare: (...of: unknown[]) => object;
  exec: (...of: unknown[]) => unknown;
  close: () => unknown;
}

if (MUST_LAST) {
  const database = new Database(':memory:');
  const own = database as unknown as Record<symbol, Native>;
  const native = Object.getOwnPropertySymbols(database)
    .map((symbol) => own[symbol])
    .find((value) => typeof value?.prepare === 'function');
  if (native) keepAll(Object.getPrototypeOf(native) as Native);
  database.close();
}

/** Keeps whatever is opened and prepared from now on, by us or by the libraries over the driver. */
function keepAll(prototype: Native): void {
  const kept = new Set<object>();
  const { prepare, exec, close } = prototype;
  prototype.prepare = function (this: Native, ...of) {
    const statement = prepare.apply(this, of);
    kept.add(this).add(statement);
    return statement;
  };
  prototype.exec = function (this: Native, ...of) {
    kept.add(this);
    return exec.apply(this, of);
  };
  prototype.close = function (this: Native) {
    kept.add(this);
    return close.apply(this);
  };
}
