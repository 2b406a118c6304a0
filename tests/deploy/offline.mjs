// Preloaded into a program that must work without network access: each connection attempt is logged and fails.
import dns from 'node:dns';
import net from 'node:net';

const logAttempt = (to) => process.stdout.write(`${JSON.stringify({ msg: 'network access', to: String(to) })}\n`);

net.Socket.prototype.connect = function connect(...args) {
  logAttempt(JSON.stringify(args[0]));
  return this.destroy(new Error('Network access is disabled.'));
};
const { lookup } = dns;
dns.lookup = (name, ...rest) => {
  // IP addresses, e.g. the one to listen on, need no resolution.
  if (net.isIP(name)) return lookup(name, ...rest);
  logAttempt(name);
  rest.at(-1)(new Error('Network access is disabled.'));
};
