// Loaded in front of a program that has to do without the network: whatever it tries to reach is told in its log, and fails.
import dns from 'node:dns';
import net from 'node:net';

const tell = (to) => process.stdout.write(`${JSON.stringify({ msg: 'reached outward', to: String(to) })}\n`);

net.Socket.prototype.connect = function connect(...args) {
  tell(JSON.stringify(args[0]));
  return this.destroy(new Error('There is no network.'));
};
const { lookup } = dns;
dns.lookup = (name, ...rest) => {
  // Its own address, to listen on, is no name.
  if (net.isIP(name)) return lookup(name, ...rest);
  tell(name);
  rest.at(-1)(new Error('There is no network.'));
};
