'use strict';
// Preload file: `node --require ./loopback.cjs server.js`. Some MCP servers, server-everything among them, listen on
// every network interface and have no option for the address. With this file loaded first, each TCP listen of the
// process that names no address, or names the unspecified one (0.0.0.0 or ::), is bound to 127.0.0.1 instead; a listen
// that names another address, a pipe or a handle is left as it is. Nothing in the installed package is changed, so the
// integration tests run the server as published and still open no port to the outside. The address is written to the
// standard error ("loopback: listening on 127.0.0.1:40123"), so a server can be started with port 0 and no port guessed.
const net = require('node:net');

const LOOPBACK = '127.0.0.1';
const EVERYWHERE = new Set([undefined, null, '', '0.0.0.0', '::', '0:0:0:0:0:0:0:0']);
const listen = net.Server.prototype.listen;

const isPort = value => typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));

net.Server.prototype.listen = function (...args) {
  this.once('listening', () => {
    const address = this.address();
    if (address && typeof address === 'object') {
      process.stderr.write(`loopback: listening on ${address.address}:${address.port}\n`);
    }
  });
  const [first] = args;
  if (args.length === 0 || typeof first === 'function' || first === undefined || first === null) {
    // listen([port][, host][, backlog][, callback]) without a port: any free port
    const rest = typeof first === 'function' ? args : args.slice(1);
    return listen.call(this, 0, ...withHost(rest));
  }
  if (isPort(first)) return listen.call(this, first, ...withHost(args.slice(1)));
  if (typeof first === 'object' && isPort(first.port) && EVERYWHERE.has(first.host)) {
    return listen.call(this, { ...first, host: LOOPBACK }, ...args.slice(1));
  }
  return listen.apply(this, args);
};

/** The arguments after the port, with the loopback address first where they name none. */
function withHost(rest) {
  const [first] = rest;
  if (typeof first === 'string') return [EVERYWHERE.has(first) ? LOOPBACK : first, ...rest.slice(1)];
  if (first === undefined || first === null) return [LOOPBACK, ...rest.slice(1)];
  return [LOOPBACK, ...rest];
}
